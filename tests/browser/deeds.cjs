// What a person does: finds, filters, edits, moves records on, adds evidence, writes documents, uses the keyboard.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { url, account, check, expect, open, signIn, visit, send, shot, accessible, fits } = require('./harness.cjs');

const cells = (page, label) => page.$$eval(`tbody td[data-label="${label}"]`, (all) => all.map((cell) => cell.textContent.trim()));
const settle = (page) => page.waitForFunction(() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling'));

async function list(page) {
  await check('a click on a column sorts by it, both ways', async () => {
    await page.goto(url + '/r/risk');
    for (const direction of ['ascending', 'descending']) {
      await page.click('thead a:has-text("Title")');
      await page.waitForSelector(`th[aria-sort=${direction}] >> text=Title`);
      const titles = (await cells(page, 'Title')).map((title) => title.toLowerCase());
      const sorted = [...titles].sort();
      if (direction === 'descending') sorted.reverse();
      expect(titles.length > 20 && titles.join() === sorted.join(), `${direction}: ${titles.slice(0, 4).join(' | ')}`);
    }
    expect(page.url().includes('sort=-title'), page.url());
  });
  await check('every row fits the filter, and the chip takes it off again', async () => {
    await page.goto(url + '/r/risk');
    const before = (await cells(page, 'Status')).length;
    await page.click('.list-tools a:has-text("Filter")');
    await page.click('#list-panel a:has-text("Status")');
    await page.check('#list-panel input[value=accepted]');
    await send(page, '#list-panel button[type=submit]');
    const states = await cells(page, 'Status');
    expect(states.length > 0 && states.length < before && states.every((state) => state === 'Accepted'), `${states.length} of ${before}: ${[...new Set(states)]}`);
    expect(page.url().includes('status=accepted'), page.url());
    await send(page, '.chip-remove');
    expect((await cells(page, 'Status')).length === before, 'the filter is still there');
  });
  await check('words narrow a list while they are typed', async () => {
    await page.goto(url + '/r/risk');
    await page.fill('#list-q', 'ransomware');
    await page.waitForFunction(() => { const rows = document.querySelectorAll('tbody tr').length; return rows > 0 && rows < 20; });
    await page.waitForFunction(() => location.search.includes('q=ransomware'));
  });
  await check('a view is saved, opened and removed', async () => {
    await page.goto(url + '/r/risk?status=accepted&sort=title');
    await page.click('summary:has-text("Save view")');
    await page.fill('#view-name', 'Accepted by title');
    await send(page, '.menu-sheet button:has-text("Save")');
    await page.goto(url + '/r/risk');
    await send(page, '.chip a:has-text("Accepted by title")');
    expect(page.url().includes('status=accepted') && page.url().includes('sort=title'), page.url());
    await send(page, 'button[aria-label="Remove the view Accepted by title"]');
    expect(await page.locator('.chip a:has-text("Accepted by title")').count() === 0, 'still there');
  });
  await check('columns are chosen', async () => {
    await page.goto(url + '/r/risk');
    await page.click('.list-tools a:has-text("Columns")');
    await page.check('#list-panel input[value=threat]');
    await page.uncheck('#list-panel input[value=treatment]');
    await send(page, '#list-panel button[type=submit]');
    const heads = await page.$$eval('thead th', (all) => all.map((head) => head.textContent.trim()));
    expect(heads.includes('Threat') && !heads.includes('Treatment'), heads.join(', '));
  });
  await check('a cell is edited where it stands', async () => {
    await page.goto(url + '/r/risk?q=R-036');
    await page.dblclick('tr[data-url="/r/risk/R-036"] td[data-edit=title]', { position: { x: 3, y: 3 } });
    await page.fill('#cell-input', 'Cloud failure of a whole region');
    await page.click('.cell-form button:has-text("Save")');
    await page.waitForSelector('td[data-edit=title] a:has-text("Cloud failure of a whole region")');
    await page.goto(url + '/r/risk/R-036');
    expect((await page.textContent('h1')).includes('of a whole region'), 'not stored');
  });
  await check('rows are selected by keyboard and changed together', async () => {
    await page.goto(url + '/r/risk');
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    expect(await page.textContent('[data-select-count]') === '2 selected', await page.textContent('[data-select-count]'));
    await send(page, '[data-select-bar] button:has-text("Change the selected")');
    expect((await page.textContent('h1')).includes('Change 2 risks'), await page.textContent('h1'));
  });
}

async function record(page) {
  await check('a wrong record is refused at the field, a right one is created', async () => {
    await page.goto(url + '/r/risk/new');
    await send(page, '.form-foot button[type=submit]');
    expect((await page.textContent('#f-title-problem')).match(/required|needed/i), 'no message at the title');
    await shot(page, 'risk-refused');
    await accessible(page, 'a refused form');
    await page.fill('[name=title]', 'Stolen laptop of a sales manager');
    await send(page, '.form-foot button[type=submit]');
    expect((await page.textContent('h1')).includes('Stolen laptop of a sales manager'), 'not shown');
  });
  await check('a step that is not allowed yet says which rule refuses it', async () => {
    await page.goto(url + '/r/control/CTL-5.1/step/retire');
    const text = await page.textContent('[role=alert]');
    expect(text.includes('cannot be taken now') && text.match(/Rule C\d/), text);
    await shot(page, 'step-refused');
  });
  await check('a step is taken, with its reason where one is asked', async () => {
    await page.goto(url + '/r/risk/R-001/step/reassess');
    await page.fill('[name=_reason]', 'The console moved to another provider.');
    await shot(page, 'step');
    await send(page, '.form-foot button[type=submit]');
    expect(page.url().endsWith('/r/risk/R-001'), page.url());
    expect((await page.textContent('#history')).includes('The console moved to another provider.'), 'the reason is not in the history');
  });
  await check('a comment is kept, and its markup is text', async () => {
    await page.goto(url + '/r/risk/R-002');
    await page.fill('#comment', 'See **the report** <img src=x onerror=alert(1)>');
    await send(page, 'button:has-text("Comment")');
    const comments = page.locator('#comments article');
    expect(await comments.locator('strong:has-text("the report")').count() === 1, 'no bold words');
    expect(await comments.locator('img').count() === 0, 'markup came through');
  });
  await check('evidence is added with a file and previewed', async () => {
    const file = path.join(os.tmpdir(), `assay-evidence-${process.pid}.txt`);
    fs.writeFileSync(file, 'user,role\nanna,admin\n');
    await page.goto(url + '/evidence/new?controls=CTL-5.1');
    await page.setInputFiles('#f-files', file);
    await page.selectOption('[name=kind]', { index: 1 });
    await page.fill('[name=period_start]', '2026-10-01');
    await send(page, '.form-foot button[type=submit]');
    fs.unlinkSync(file);
    expect(await page.locator('#files .badge:has-text("Altered")').count() === 0, 'altered');
    await page.click('#files summary:has-text("Preview")');
    const frame = page.frameLocator('#files iframe, #files object, #files embed').first();
    await frame.locator('text=anna,admin').waitFor();
    await shot(page, 'evidence-preview', { fullPage: true });
    await accessible(page, 'evidence with a preview');
  });
}

async function documents(page) {
  await check('a new version of a document is written beside its preview', async () => {
    await page.goto(url + '/r/document/DOC-01');
    await send(page, 'main a:has-text("New version")');
    await send(page, '.form-foot button[type=submit]');
    expect(page.url().includes('/edit'), page.url());
    await page.fill('[name=markdown]', '## Purpose\n\nWhy **this** policy exists.\n\n| Who | What |\n| --- | --- |\n| All | Read |\n');
    await page.waitForSelector('#preview strong:has-text("this")');
    await page.waitForSelector('#preview td:has-text("Read")');
    await shot(page, 'document-editor');
    await accessible(page, 'the editor of a document');
    await send(page, 'button:has-text("Save text")');
  });
  await check('the next version begins with that text, and the differences show', async () => {
    await page.goto(url + '/r/document/DOC-01');
    await send(page, 'main a:has-text("New version")');
    await send(page, '.form-foot button[type=submit]');
    const text = await page.inputValue('[name=markdown]');
    expect(text.includes('Why **this** policy exists.'), text.slice(0, 80));
    await page.fill('[name=markdown]', text.replace('exists', 'binds everybody'));
    await send(page, 'button:has-text("Save text")');
    await page.goto(url + '/r/document/DOC-01');
    await send(page, 'main a:has-text("Changes")');
    expect(await page.locator('.diff-added, .diff-removed').count() > 0, 'no differences');
    await shot(page, 'document-changes');
    await accessible(page, 'the differences of two versions');
  });
}

async function keyboard(page) {
  await check('"/" searches, "g r" goes to the risks, "?" shows the keys', async () => {
    await page.goto(url + '/');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement.name) === 'q', 'the search is not in focus');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('g');
    await Promise.all([page.waitForURL('**/r/risk'), page.keyboard.press('r')]);
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[aria-label="Keyboard shortcuts"]');
    await shot(page, 'keys');
    await accessible(page, 'the list of keys');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').count() === 0, 'still open');
  });
  await check('the palette finds a record and opens it with Enter', async () => {
    await page.goto(url + '/');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('.palette-results a');
    await page.keyboard.type('R-024');
    await page.waitForFunction(() => document.querySelector('.palette-results a')?.getAttribute('href') === '/r/risk/R-024');
    await shot(page, 'palette');
    await Promise.all([page.waitForURL('**/r/risk/R-024'), page.keyboard.press('Enter')]);
  });
  await check('the theme is switched and stays', async () => {
    const theme = () => page.evaluate(() => document.documentElement.getAttribute('data-bs-theme'));
    await page.goto(url + '/');
    await page.click('.account-menu > summary');
    await page.click('[data-theme-set=dark]');
    expect(await theme() === 'dark', 'not dark');
    await shot(page, 'account-menu');
    await page.goto(url + '/r/risk');
    expect(await theme() === 'dark', 'not kept');
    await page.click('.account-menu > summary');
    await page.click('[data-theme-set=auto]');
    expect(await theme() === 'light', 'not back');
  });
}

// Titles nobody would choose, and some that people do.
async function hostile(page) {
  const titles = ['<img src=x onerror=alert(1)>', 'W'.repeat(300), 'Ein sehr langer Titel mit vielen Wörtern '.repeat(7).trim(), 'خطر فقدان البيانات بسبب برامج الفدية في المكاتب',
    '🔥🧯👩‍💻 Brand im Serverraum 🔥🧯', 'https://example.org/' + 'path/'.repeat(50)];
  const ids = [];
  for (const title of titles) {
    await check(`a risk called "${title.slice(0, 24)}…" is stored as it is`, async () => {
      await page.goto(url + '/r/risk/new');
      await page.fill('[name=title]', title);
      await page.fill('[name=scenario]', title.repeat(3));
      await send(page, '.form-foot button[type=submit]');
      expect((await page.textContent('h1')).includes(title), 'not shown');
      expect(await page.locator('img[src=x]').count() === 0, 'markup came through');
      ids.push(page.url().split('/').pop());
    });
  }
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const id of ids) {
      await visit(page, `${url}/r/risk/${id}`);
      await fits(page, `${id} at ${width} px`);
    }
    await shot(page, `hostile-record-${width}`);
    for (const [name, address] of [['list', '/r/risk?sort=-id'], ['board', '/r/risk?view=board'], ['findings', '/findings'], ['edit', `/r/risk/${ids[1]}/edit`], ['search', '/search?q=WWWW']]) {
      await visit(page, url + address);
      await fits(page, `the ${name} with hostile titles at ${width} px`);
      await shot(page, `hostile-${name}-${width}`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

// Somebody whose only task is to read, learn, confirm and report.
async function employee(page, browser, problems) {
  const who = { email: 'staff@example.org', password: '' };
  await check('an administrator gives an account to an employee', async () => {
    await page.goto(url + '/accounts/new');
    await page.fill('#email', who.email);
    await page.fill('#name', 'Noor Haddad');
    await page.check('input[name=role][value=employee]');
    await page.fill('[role=combobox]', 'P-01');
    await page.click('.picker-list [role=option]');
    await shot(page, 'account-new');
    await accessible(page, 'a new account');
    await send(page, 'main .card-footer button[type=submit]');
    who.password = (await page.textContent('code.user-select-all')).trim();
    expect(who.password.length >= 12, 'no first password');
  });
  const staff = await open(browser, problems);
  await check('the first password is changed at the first sign-in', async () => {
    await signIn(staff, who);
    expect(staff.url().includes('/account/password'), staff.url());
    await staff.fill('#current', who.password);
    for (const field of ['#password', '#again']) await staff.fill(field, 'seven quiet herons at dusk');
    await send(staff, 'main button[type=submit]');
  });
  await check('an employee finds four things: read, learn, confirm, report', async () => {
    await staff.goto(url + '/');
    const heads = (await staff.$$eval('main h2', (all) => all.map((head) => head.textContent.trim()))).join(', ');
    for (const task of ['Read', 'Learn', 'Confirm', 'Report']) expect(heads.includes(task), `${task} is not among: ${heads}`);
  });
  await check('the menu of an employee shows nothing that is refused', async () => {
    const links = await staff.$$eval('#menu a', (all) => all.map((link) => link.getAttribute('href')));
    expect(links.length >= 4 && links.length <= 8, links.join(' '));
    for (const link of ['/findings', '/ledger', '/import', '/library']) expect(!links.includes(link), `${link} is in the menu`);
    for (const link of links) expect((await staff.goto(url + link)).status() === 200, `${link} is refused`);
  });
  await check('what is refused says who may', async () => {
    const response = await staff.goto(url + '/findings');
    expect(response.status() === 403, `status ${response.status()}`);
    expect((await staff.textContent('main')).includes('Who may'), 'not said');
  });
  await shot(staff, 'forbidden');
  await accessible(staff, 'a refusal');
  await visit(staff, url + '/');
  await shot(staff, 'employee');
  await accessible(staff, 'the home of an employee');
  await staff.setViewportSize({ width: 390, height: 844 });
  await visit(staff, url + '/');
  await fits(staff, 'the home of an employee on a phone');
  await shot(staff, 'employee-phone');
  await check('an incident is reported from a phone', async () => {
    await send(staff, 'a:has-text("Report an incident")');
    await fits(staff, 'the report of an incident on a phone');
    await shot(staff, 'employee-report-phone');
    await staff.fill('[name=title]', 'A badge was found in the car park');
    await send(staff, '.form-foot button[type=submit]');
    expect((await staff.textContent('h1')).includes('A badge was found'), await staff.textContent('main'));
  });
  await check('signing out ends the session', async () => {
    await staff.setViewportSize({ width: 1440, height: 900 });
    await staff.goto(url + '/');
    await staff.click('.account-menu > summary');
    await send(staff, 'button:has-text("Sign out")');
    await staff.goto(url + '/r/risk');
    expect(staff.url().includes('/sign-in'), staff.url());
  });
  await staff.context().close();
}

// A workspace that holds nothing yet teaches how to begin.
async function first_day(browser, problems, address) {
  const page = await open(browser, problems);
  await check('the home of an empty workspace begins with the first steps', async () => {
    await page.goto(address + '/sign-in');
    await page.fill('input[name=email]', account.email);
    await page.fill('input[name=password]', account.password);
    await send(page, 'form button[type=submit]');
    expect((await page.textContent('.first-steps li:first-child')).includes('organisation'), 'no first step');
    await shot(page, 'first-day');
    await accessible(page, 'the home of an empty workspace');
    await send(page, '.first-steps .btn-primary');
    await page.fill('[name=name]', 'Larch Hydraulics');
    await page.fill('[name=sector]', 'NACE 28.12');
    await page.fill('[name=headcount_total]', '48');
    await shot(page, 'first-organisation');
    await send(page, '.form-foot button[type=submit]');
    await page.goto(address + '/');
    expect(await page.locator('.first-steps li.done').count() === 1, 'the step is not marked as done');
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, address + '/');
  await fits(page, 'the home of an empty workspace on a phone');
  await shot(page, 'first-day-phone');
  await page.context().close();
}

async function errors(page) {
  for (const [name, address, status] of [['not-found', '/r/risk/R-999', 404], ['nowhere', '/nowhere', 404]]) {
    await check(`${name} is a page that leads on`, async () => {
      const response = await page.goto(url + address);
      expect(response.status() === status, `status ${response.status()}`);
      expect(await page.locator('main a.btn').count() > 0, 'no way on');
    });
    await shot(page, name);
    await accessible(page, name);
  }
}

async function custom_fields(page) {
  await check('a custom field is defined, filled in and listed', async () => {
    await page.goto(url + '/fields/new?register=risk');
    await page.fill('[name=label]', 'Cost centre');
    await page.check('[name=in_list]');
    await send(page, 'main form[method=post] button[type=submit]');
    expect(page.url().endsWith('/fields'), page.url());
    await page.goto(url + '/r/risk/R-001/edit');
    await page.fill('[name="custom.cost_centre"]', 'CC-42');
    await send(page, 'main form[method=post] button.btn-primary');
    expect((await page.content()).includes('CC-42'), 'not on the page of the record');
    await page.goto(url + '/r/risk?custom.cost_centre=CC-42');
    expect(await page.locator('tbody tr').count() === 1, `${await page.locator('tbody tr').count()} rows: ${(await page.locator('main').textContent()).slice(0, 200)}`);
    await page.dblclick('td[data-edit="custom.cost_centre"]');
    await page.fill('td [name="custom.cost_centre"]', 'CC-43');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('td[data-edit="custom.cost_centre"]')?.textContent.includes('CC-43'));
  });
  for (const [name, address] of [['fields-filled', '/fields'], ['field', '/fields/risk/cost_centre'], ['risk-custom', '/r/risk/R-001']]) {
    await page.goto(url + address);
    await shot(page, name);
    await accessible(page, name);
  }
}

async function bulk(page) {
  await check('rows are ticked and changed together', async () => {
    await page.goto(url + '/r/asset');
    expect(await page.locator('[data-select-bar]').isHidden(), 'the bar shows before anything is ticked');
    await page.click('[data-select-all]');
    expect((await page.locator('[data-select-count]').textContent()).includes('50 selected'), await page.locator('[data-select-count]').textContent());
    await send(page, '[data-select-bar] button[name=_all]');
    expect((await page.locator('h1').textContent()).match(/Change \d{3} assets/), await page.locator('h1').textContent());
  });
  await shot(page, 'bulk');
  await accessible(page, 'bulk');
  await check('everything in a list is changed without a script', async () => {
    const plain = await page.context().browser().newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
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
}

// A page that shows findings renews itself when somebody else mends what they are about.
async function live(page) {
  await check('the findings page renews itself when a finding is mended elsewhere', async () => {
    await page.goto(url + '/findings?rule=C4.2-03');
    expect((await page.locator('main').textContent()).includes('PR-14'), 'PR-14 is not there to begin with');
    const other = await page.context().newPage();
    await other.goto(url + '/r/party_requirement/PR-14/edit');
    await other.selectOption('[name=addressed_by_isms]', 'no');
    await send(other, 'main form[method=post] button.btn-primary');
    await page.bringToFront();
    await page.waitForFunction(() => !document.querySelector('main').textContent.includes('PR-14'), null, { timeout: 5000 });
    // And comes back by itself when the decision is taken back; the rehearsals want it open.
    await other.goto(url + '/r/party_requirement/PR-14/edit');
    await other.selectOption('[name=addressed_by_isms]', 'undetermined');
    await send(other, 'main form[method=post] button.btn-primary');
    await page.bringToFront();
    await page.waitForFunction(() => document.querySelector('main').textContent.includes('PR-14'), null, { timeout: 5000 });
    await other.close();
  });
  await check('a finding is disputed, stays open, and the dispute is withdrawn', async () => {
    await page.goto(url + '/findings');
    await send(page, 'a:has-text("Why") >> nth=0');
    await page.fill('#reason', 'The minutes say otherwise.');
    await send(page, '#dispute button[type=submit], form[action$="/dispute"] button[type=submit]');
    expect((await page.locator('main').textContent()).includes('The minutes say otherwise.'), 'the reason is not shown');
    await send(page, 'form[action$="/withdraw"] button[type=submit]');
    expect(!(await page.locator('main').textContent()).includes('The minutes say otherwise.'), 'still disputed');
  });
}

// What changes would do, before they are made; and a finding that an auditor takes over.
async function what_if(page) {
  const in_main = () => page.locator('main').textContent();
  await check('two changes are tried together, and made', async () => {
    await page.goto(url + '/what-if');
    expect((await in_main()).includes('No change is considered'), 'the list is not empty to begin with');
    await page.goto(url + '/r/party_requirement/PR-16/edit');
    await page.selectOption('[name=addressed_by_isms]', 'no');
    await send(page, 'button:has-text("What if")');
    expect(page.url().endsWith('/what-if'), page.url());
    expect((await in_main()).includes('PR-16'), await in_main());
    const stored = await page.evaluate(() => fetch('/api/v1/party_requirement/PR-16').then((r) => r.json()));
    expect(stored.addressed_by_isms === 'yes', `stored ${stored.addressed_by_isms}`);
    await page.goto(url + '/r/risk/new');
    await send(page, 'button:has-text("What if")');
    expect(page.url().endsWith('/r/risk/new/what-if') && await page.locator('[role=alert]').count() > 0, 'an empty risk was tried');
    await page.goto(url + '/what-if');
    expect(/would close, \d+ would open|No finding would turn/.test(await in_main()), await in_main());
  });
  await shot(page, 'what-if');
  await accessible(page, 'what-if');
  await check('the Enter key saves a form', async () => {
    await page.goto(url + '/r/asset/A-001/edit');
    await page.press('[name=name]', 'Enter');
    await page.waitForURL((address) => address.pathname === '/r/asset/A-001');
  });
  await check('changes under consideration are made in one go', async () => {
    await page.goto(url + '/what-if');
    await send(page, 'form[action="/what-if/make"] button');
    expect(page.url().endsWith('/readiness'), page.url());
    await page.goto(url + '/what-if');
    expect((await in_main()).includes('No change is considered'), 'still considered');
  });
  await check('a finding is accepted and becomes a nonconformity', async () => {
    await page.goto(url + '/findings?class=minor');
    await send(page, 'a:has-text("Why") >> nth=0');
    const address = page.url();
    await send(page, 'form[action$="/accept"] button[type=submit]');
    expect(/\/r\/finding\//.test(page.url()), page.url());
    expect((await in_main()).includes('In a nonconformity'), await in_main());
    await page.goto(address);
    expect((await in_main()).includes('accepted it on'), await in_main());
  });
  await shot(page, 'finding-accepted');
  await accessible(page, 'finding-accepted');
}

// Holds a rehearsal with the form of the list and leads to its report.
async function hold_rehearsal(page, stage) {
  await page.goto(url + '/rehearsals');
  await page.selectOption('[name=stage]', stage);
  await send(page, 'main form[action="/rehearsals"] button[type=submit]');
  expect(/\/rehearsals\/\d+$/.test(page.url()), page.url());
}
async function rehearsals(page, browser, problems) {
  await check('a rehearsal of Stage 1 is held and reported', async () => {
    await hold_rehearsal(page, 'stage1');
    const text = await page.locator('main').textContent();
    for (const words of ['Not ready for Stage 2', 'Rehearsal, not a certification audit', 'Major area of concern', 'Strengths', 'This is the first rehearsal of Stage 1']) {
      expect(text.includes(words), `"${words}" is not in the report`);
    }
    expect((await page.locator('.report-title').textContent()).includes('Audit criteria'), 'no title block');
    await shot(page, 'rehearsal', { fullPage: true });
    await accessible(page, 'the report of a rehearsal');
    await fits(page, 'the report of a rehearsal');
  });
  const first = page.url();
  await check('the report looks well in the dark and on a phone', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(first);
    await shot(page, 'rehearsal-dark', { fullPage: true });
    await accessible(page, 'the report of a rehearsal in dark');
    await page.emulateMedia({ colorScheme: 'light' });
    const phone = await open(browser, problems, { viewport: { width: 390, height: 844 }, storageState: await page.context().storageState() });
    await phone.goto(first);
    await shot(phone, 'rehearsal-phone', { fullPage: true });
    await fits(phone, 'the report of a rehearsal on a phone');
    await phone.context().close();
  });
  await check('its PDF is made beside the page and downloaded', async () => {
    await page.goto(first);
    await send(page, 'main a:has-text("PDF"), .page-title-row a:has-text("PDF")');
    await page.waitForSelector('#pdf-progress a:has-text("Download"), #pdf-progress:has-text("WeasyPrint")');
    await accessible(page, 'the page of the PDF');
    if (await page.locator('#pdf-progress:has-text("WeasyPrint")').count()) return console.log('no PDF: WeasyPrint is not installed');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#pdf-progress a:has-text("Download")')]);
    const file = await download.path();
    expect(fs.readFileSync(file).subarray(0, 5).toString() === '%PDF-', 'no PDF');
    expect(download.suggestedFilename().startsWith('Stage 1 report'), download.suggestedFilename());
  });
  await check('after a finding is mended the next rehearsal tells the difference', async () => {
    await page.goto(url + '/r/party_requirement/PR-14/edit');
    await page.selectOption('[name=addressed_by_isms]', 'no');
    await send(page, 'main form[method=post] button.btn-primary');
    await hold_rehearsal(page, 'stage1');
    const gone = await page.locator('ul[aria-labelledby=gone]').textContent();
    expect(gone.includes('PR-14'), gone);
    await page.goto(first);
    expect((await page.locator('main').textContent()).includes('PR-14'), 'the first report has changed');
    await page.goto(url + '/rehearsals');
    expect(await page.locator('.rehearsal-stage svg.trend').count() === 1, 'no trend');
    await shot(page, 'rehearsals-two');
    await accessible(page, 'the list of rehearsals');
    await page.goto(url + '/r/party_requirement/PR-14/edit');
    await page.selectOption('[name=addressed_by_isms]', 'undetermined');
    await send(page, 'main form[method=post] button.btn-primary');
  });
}

module.exports = { what_if, custom_fields, bulk, live, list, record, documents, rehearsals, keyboard, hostile, employee, first_day, errors };
