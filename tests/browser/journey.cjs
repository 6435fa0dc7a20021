// What a person does: signs in, looks at the journey, a register, a record; creates, edits, takes a step; searches; imports; sees findings.
const { chromium } = require('playwright-core');
const axe = require('fs').readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const url = process.env.URL;
const shots = process.env.SHOTS;
let passed = 0;
let failed = 0;

async function check(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${String(error.message).split('\n').slice(0, 6).join(' | ')}`);
  }
}
function expect(condition, message) {
  if (!condition) throw new Error(message);
}
async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}
async function accessible(page, name) {
  await check(`${name} has no accessibility violations`, async () => {
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
    const text = result.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`).join('; ');
    expect(result.violations.length === 0, text);
  });
}

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) => { if (!request.url().startsWith(url)) problems.push('outside request ' + request.url()); });

  await check('a stranger is asked to sign in', async () => {
    await page.goto(url + '/r/risk');
    expect(page.url().includes('/sign-in'), page.url());
  });
  await accessible(page, 'sign-in');
  await check('a wrong password is refused', async () => {
    await page.fill('input[name=email]', 'admin@example.org');
    await page.fill('input[name=password]', 'certainly wrong');
    await page.click('main button[type=submit], form button[type=submit]');
    expect((await page.content()).match(/wrong|not right|does not/i), 'no message');
  });
  await check('signing in leads on', async () => {
    await page.fill('input[name=email]', 'admin@example.org');
    await page.fill('input[name=password]', 'correct horse battery staple');
    await page.click('form button[type=submit]');
    await page.waitForLoadState();
    expect(!page.url().includes('/sign-in'), page.url());
  });

  const pages = [
    ['home', '/'], ['findings', '/findings'], ['rules', '/rules'], ['rule', '/findings/rule/C6.1.3-f-02'], ['risks', '/r/risk'], ['board', '/r/risk?view=board'],
    ['risk', '/r/risk/R-001'], ['risk-new', '/r/risk/new'], ['risk-edit', '/r/risk/R-001/edit'], ['soa', '/r/soa_entry'], ['control', '/r/control/CTL-5.1'], ['evidence', '/r/evidence'],
    ['document', '/r/document/DOC-01'], ['library', '/library'], ['library-control', '/library/control/8.13'], ['library-clause', '/library/clause/6.1.2'],
    ['ledger', '/ledger'], ['import', '/import'], ['account', '/account'], ['accounts', '/accounts'], ['search', '/search?q=phishing'], ['empty', '/r/certificate'],
    ['fields', '/fields'], ['field-new', '/fields/new'], ['api-docs', '/api/docs'], ['api-docs-register', '/api/docs/risk'],
  ];
  for (const [name, path] of pages) {
    await check(`${name} opens`, async () => {
      const response = await page.goto(url + path);
      expect(response.status() === 200, `status ${response.status()}`);
      expect(await page.locator('h1, h2').count() > 0, 'no heading');
    });
    await shot(page, name);
    await accessible(page, name);
  }
  await check('every register opens', async () => {
    const registers = await page.evaluate(() => fetch('/api/v1/registers').then((r) => r.json()).then((j) => j.items.map((i) => i.name)));
    expect(registers.length === 90, `${registers.length} registers`);
    for (const register of registers) {
      for (const path of [`/r/${register}`, `/r/${register}?view=board`]) {
        const response = await page.goto(url + path);
        expect(response.status() === 200, `${path}: ${response.status()}`);
      }
      const first = await page.evaluate((name) => fetch(`/api/v1/${name}?limit=1`).then((r) => r.json()).then((j) => j.items[0]?.id), register);
      if (!first) continue;
      const response = await page.goto(`${url}/r/${register}/${encodeURIComponent(first)}`);
      expect(response.status() === 200, `${register} ${first}: ${response.status()}`);
    }
  });
  await check('a risk is created, and a wrong one is refused at the field', async () => {
    await page.goto(url + '/r/risk/new');
    await page.click('main form[method=post] button[type=submit] >> nth=-1');
    await page.waitForLoadState();
    expect((await page.content()).match(/required|needed/i), 'no message for the missing title');
    await page.fill('[name=title]', 'Stolen laptop of a sales manager');
    await page.click('main form[method=post] button[type=submit] >> nth=-1');
    await page.waitForLoadState();
    expect((await page.content()).includes('Stolen laptop of a sales manager'), 'not shown');
  });
  await check('text is escaped', async () => {
    await page.goto(url + '/r/risk/new');
    await page.fill('[name=title]', '<img src=x onerror=alert(1)>');
    await page.click('main form[method=post] button[type=submit] >> nth=-1');
    await page.waitForLoadState();
    expect(await page.locator('img[src=x]').count() === 0, 'markup came through');
  });
  await check('the palette finds a record by keyboard', async () => {
    await page.goto(url + '/');
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(300);
    await page.keyboard.type('phishing');
    await page.waitForTimeout(700);
    expect((await page.content()).match(/phishing/i), 'nothing found');
  });
  await check('a filter lives in the address', async () => {
    await page.goto(url + '/r/risk?status=accepted');
    expect(await page.locator('tbody tr').count() > 0, 'no rows');
  });
  await check('a custom field is defined, filled in and listed', async () => {
    await page.goto(url + '/fields/new?register=risk');
    await page.fill('[name=label]', 'Cost centre');
    await page.check('[name=in_list]');
    await page.click('main form[method=post] button[type=submit]');
    await page.waitForLoadState();
    expect(page.url().endsWith('/fields'), page.url());
    await page.goto(url + '/r/risk/R-001/edit');
    await page.fill('[name="custom.cost_centre"]', 'CC-42');
    await page.click('main form[method=post] button[type=submit] >> nth=-1');
    await page.waitForLoadState();
    expect((await page.content()).includes('CC-42'), 'not on the page of the record');
    await page.goto(url + '/r/risk?custom.cost_centre=CC-42');
    expect(await page.locator('tbody tr').count() === 1, 'not found by the filter');
    await page.dblclick('td[data-edit="custom.cost_centre"]');
    await page.fill('td [name="custom.cost_centre"]', 'CC-43');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('td[data-edit="custom.cost_centre"]')?.textContent.includes('CC-43'));
  });
  for (const [name, path] of [['fields-filled', '/fields'], ['field', '/fields/risk/cost_centre'], ['risk-custom', '/r/risk/R-001']]) {
    await page.goto(url + path);
    await shot(page, name);
    await accessible(page, name);
  }
  await check('rows are ticked and changed together', async () => {
    await page.goto(url + '/r/asset');
    expect(await page.locator('[data-select-bar]').isHidden(), 'the bar shows before anything is ticked');
    await page.click('[data-select-all]');
    expect((await page.locator('[data-select-count]').textContent()).includes('50 selected'), await page.locator('[data-select-count]').textContent());
    await page.click('[data-select-bar] button[name=_all]');
    await page.waitForLoadState();
    expect((await page.locator('h1').textContent()).match(/Change \d{3} assets/), await page.locator('h1').textContent());
  });
  await shot(page, 'bulk');
  await accessible(page, 'bulk');
  await check('everything in a list is changed without a script', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
    const bare = await plain.newPage();
    bare.setDefaultTimeout(10000);
    await bare.goto(url + '/r/asset');
    await bare.click('[data-select-bar] button[name=_all]');
    await bare.locator('summary', { hasText: 'Cloud region' }).click();
    await bare.check('[name=change][value=cloud_region]');
    await bare.fill('[name=cloud_region]', 'eu-north-1');
    await bare.click('main form[action$="/bulk"] button[type=submit]');
    const text = await bare.locator('main').textContent();
    expect(/\d+ (assets )?changed/.test(text), text.slice(0, 300));
    await plain.close();
  });
  await check('a search marks the words', async () => {
    await page.goto(url + '/search?q=phish');
    expect(await page.locator('mark').count() > 0, 'nothing marked');
  });
  await check('dark and light', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(url + '/');
    await shot(page, 'home-dark');
  });
  await accessible(page, 'home in dark');
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, storageState: await context.storageState() });
  const small = await phone.newPage();
  for (const [name, path] of [['home', '/'], ['risks', '/r/risk'], ['risk', '/r/risk/R-001'], ['findings', '/findings'], ['search', '/search?q=phishing'],
    ['fields', '/fields'], ['field-new', '/fields/new'], ['api-docs', '/api/docs'], ['api-docs-register', '/api/docs/risk']]) {
    await check(`${name} fits a phone`, async () => {
      await small.goto(url + path);
      const width = await small.evaluate(() => document.documentElement.scrollWidth);
      expect(width <= 392, `${width} px wide`);
    });
    if (shots) await small.screenshot({ path: `${shots}/phone-${name}.png` });
  }
  await check('no page had script errors or asked for anything outside', async () => {
    const real = problems.filter((text) => !text.includes('422') && !text.includes('401'));
    expect(real.length === 0, real.slice(0, 4).join(' | '));
  });
  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})();
