// How the pages look: each opens, is accessible, fits its window; light and dark, desk and phone.
const { url, shots, check, expect, open, visit, shot, accessible, fits, apart } = require('./harness.cjs');

const pages = [
  ['home', '/'], ['findings', '/findings'], ['rules', '/rules'], ['rule', '/findings/rule/C6.1.3-f-02'], ['parameters', '/rules/parameters'],
  ['risks', '/r/risk'], ['board', '/r/risk?view=board'], ['filter', '/r/risk/filter'], ['risk', '/r/risk/R-001'], ['risk-new', '/r/risk/new'],
  ['risk-edit', '/r/risk/R-001/edit'], ['soa', '/r/soa_entry'], ['control', '/r/control/CTL-5.1'], ['evidence', '/r/evidence'], ['evidence-new', '/evidence/new'],
  ['document', '/r/document/DOC-01'], ['document-new', '/documents/new'], ['library', '/library'], ['library-control', '/library/control/8.13'],
  ['library-clause', '/library/clause/6.1.2'], ['threats', '/library/threats'], ['templates', '/library/templates'], ['ledger', '/ledger'],
  ['ledger-entry', '/ledger/100'], ['import', '/import'], ['account', '/account'], ['password', '/account/password'], ['accounts', '/accounts'],
  ['search', '/search?q=phishing'], ['empty', '/r/certificate'], ['fields', '/fields'], ['field-new', '/fields/new'], ['api-docs', '/api/docs'],
  ['api-docs-register', '/api/docs/risk'], ['readiness', '/readiness'], ['forecast', '/forecast'], ['rehearsals', '/rehearsals'], ['finding', '/findings/C6.1.3-f-02/risk/R-044'],
];
const in_dark = new Set(['home', 'findings', 'risks', 'board', 'risk', 'risk-edit', 'document', 'library-control', 'ledger', 'import', 'readiness', 'forecast', 'rehearsals', 'finding', 'fields', 'api-docs-register']);

async function desk(page) {
  for (const [name, path] of pages) {
    await check(`${name} opens`, async () => {
      const response = await page.goto(url + path);
      expect(response.ok(), `status ${response.status()}`);
      // A forecast is worked out beside the page when nobody has asked for it yet.
      await page.locator('#forecast-progress').waitFor({ state: 'detached', timeout: 60000 });
      expect(await page.locator('h1').count() === 1, 'not one first heading');
    });
    await shot(page, name);
    await accessible(page, name);
    await fits(page, name);
  }
}
async function dark(page) {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [name, path] of pages) {
    if (!shots && !in_dark.has(name)) continue;
    await visit(page, url + path);
    await shot(page, `${name}-dark`);
    if (in_dark.has(name)) await accessible(page, `${name} in dark`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
async function phone(browser, problems, state) {
  const page = await open(browser, problems, { viewport: { width: 390, height: 844 }, storageState: state });
  for (const [name, path] of pages) {
    await visit(page, url + path);
    await shot(page, `${name}-phone`);
    await fits(page, `${name} on a phone`);
  }
  await visit(page, url + '/r/risk/R-001');
  await accessible(page, 'a risk on a phone');
  await page.context().close();
}
async function stepper(page) {
  for (const width of [1280, 1440, 1920, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await visit(page, url + '/');
    await apart(page, '.journey-mark, .journey-name, .journey-state', `the steps of the journey at ${width} px`);
    await check(`the steps of the journey are equal at ${width} px`, async () => {
      const sizes = await page.evaluate(() => Array.from(document.querySelectorAll('.journey-step')).map((e) => Math.round(e.getBoundingClientRect().width)));
      expect(sizes.length === 12 && Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(' '));
    });
    await check(`the findings by clause fit their card at ${width} px`, async () => {
      const over = await page.evaluate(() => { const frame = document.querySelector('.matrix').parentElement; return frame.scrollWidth - frame.clientWidth; });
      expect(over <= 0, `${over} px too wide`);
    });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
async function lists(page) {
  await check('a list shows 20 rows at 900 px, and its header stays', async () => {
    await page.goto(url + '/r/risk');
    const rows = await page.evaluate(() => Array.from(document.querySelectorAll('tbody tr')).filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length);
    expect(rows >= 20, `${rows} rows`);
    await page.evaluate(() => window.scrollTo(0, 800));
    const top = await page.evaluate(() => document.querySelector('thead th').getBoundingClientRect().top);
    expect(Math.abs(top) < 1, `header at ${top} px`);
  });
  await check('with every column the header stays too, and the page is not wider', async () => {
    const fields = await page.evaluate(() => fetch('/r/risk/columns').then((r) => r.text())
      .then((text) => Array.from(new DOMParser().parseFromString(text, 'text/html').querySelectorAll('input[name=columns]')).map((box) => box.value)));
    await page.goto(`${url}/r/risk?${fields.map((name) => 'columns=' + name).join('&')}`);
    const [over, stays] = await page.evaluate(() => {
      const frame = document.querySelector('.table-responsive');
      frame.scrollTo(300, 400);
      const head = document.querySelector('thead th').getBoundingClientRect().top - frame.getBoundingClientRect().top;
      return [document.documentElement.scrollWidth - document.documentElement.clientWidth, Math.abs(head) < 2 && frame.scrollTop > 100];
    });
    expect(over <= 0, `${over} px too wide`);
    expect(stays, 'the header scrolled away');
  });
  await check('what has the focus is seen', async () => {
    await page.goto(url + '/r/risk');
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return document.activeElement === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) ? '' : document.activeElement.outerHTML.slice(0, 120);
      });
      expect(!seen, seen);
    }
  });
}
async function paper(page) {
  if (!shots) return;
  for (const [name, path] of [['risks', '/r/risk'], ['risk', '/r/risk/R-001'], ['home', '/'], ['document', '/r/document/DOC-01']]) {
    await page.goto(url + path);
    await page.pdf({ path: `${shots}/${name}.pdf`, format: 'A4' });
  }
}

module.exports = { pages, desk, dark, phone, stepper, lists, paper };
