// The risk register: a vague risk is told so, a good one is entered and found on the heat map, scored again with the others, and
// the whole issued.
const { url, check, expect, open, send, shot, accessible, fits, apart } = require('./harness.cjs');

const pages = ['/risks', '/risks/new', '/risks/assess', '/risks/review', '/risks/trend', '/risks/opportunities', '/risks/document', '/risks/R-001'];

async function register(page, browser, problems, state) {
  for (const path of pages) {
    await page.goto(url + path);
    const name = path.slice(1).replace(/\//g, '-');
    await shot(page, `register-${name}`, { fullPage: true });
    await accessible(page, path);
    await fits(page, path);
  }
  await check('a cell of the heat map opens its risks', async () => {
    await page.goto(url + '/risks');
    const cell = page.locator('#residual svg a').first();
    const count = Number((await cell.getAttribute('aria-label')).split(' ')[0]);
    await Promise.all([page.waitForNavigation(), cell.click()]);
    const rows = await page.locator('main tbody tr').count();
    expect(rows === count, `${rows} rows for ${count} risks`);
  });
  await check('filters stand in the address', async () => {
    await page.goto(url + '/risks');
    await page.click('main details summary:has-text("Filters")');
    await page.selectOption('select[name=treatment]', 'modify');
    await send(page, 'main details button:has-text("Show")');
    expect(page.url().includes('treatment=modify'), page.url());
    expect((await page.textContent('main')).includes('a part of the register'), 'not told that it is a part');
  });
  await check('a vague risk is told why, beside its fields', async () => {
    await page.goto(url + '/risks/new');
    await page.fill('#f-threat', 'Cyber attack');
    await send(page, 'main .form-foot button[type=submit]');
    expect((await page.textContent('.alert-warning')).includes('not saved yet'), 'it was saved');
  });
  await shot(page, 'register-vague', { fullPage: true });
  await accessible(page, 'a vague risk');
  await check('a risk is composed from its parts, checked and entered', async () => {
    await page.goto(url + '/risks/new?assets=A-016&owner=P-003');
    await page.fill('#f-threat', 'Former supplier keeping remote access');
    await page.fill('#f-weakness', 'Accounts of suppliers are never closed');
    await page.fill('#f-consequence', 'Two weeks of forensic work, and customers ask for proof that nothing left');
    await send(page, 'main button:has-text("Check and compose")');
    expect((await page.inputValue('#f-title')).startsWith('Former supplier'), 'no title');
    expect(await page.locator('#suggestions li').count() > 3, 'no suggestions');
    for (const [field, level] of [['inherent_likelihood', '5'], ['inherent_impact', '5'], ['residual_likelihood', '3'], ['residual_impact', '5'], ['target_likelihood', '1'], ['target_impact', '5']]) {
      await page.selectOption(`#f-${field}`, level);
    }
    await page.check('input[name=_assess]');
    await shot(page, 'register-entry', { fullPage: true });
    await send(page, 'main .form-foot button[type=submit]');
    expect(page.url().includes('/r/risk/R-'), `${page.url()}: ${(await page.textContent('main')).slice(0, 300)}`);
  });
  const id = page.url().split('/').pop();
  await check('the same risk again is shown as a duplicate', async () => {
    await page.goto(url + '/risks/new?assets=A-016');
    await page.fill('#f-threat', 'Former supplier keeping remote access');
    await page.fill('#f-weakness', 'Accounts of suppliers are never closed');
    await send(page, 'main button:has-text("Check and compose")');
    expect((await page.textContent('.alert-warning')).includes(id), 'no duplicate told');
  });
  await check('it is scored again, with the reason in its history', async () => {
    await page.goto(`${url}/r/risk/${id}`);
    await send(page, 'main a:has-text("Scores")');
    await send(page, 'main a:has-text("Score again")');
    await page.selectOption(`[name="${id}.residual_likelihood"]`, '2');
    await page.fill('#f-change-reason', 'Accounts of the last three suppliers are closed');
    await send(page, 'main .form-foot button[type=submit]');
    await page.goto(`${url}/risks/${id}`);
    expect((await page.textContent('#changes')).includes('Accounts of the last three suppliers are closed'), 'no reason');
    expect(await page.locator('#chart svg path').count() > 1, 'no curve');
  });
  await shot(page, 'register-scores', { fullPage: true });
  await check('levels that grow where they must not come back at their row', async () => {
    await page.goto(`${url}/risks/assess?id=${id}`);
    await page.selectOption(`[name="${id}.target_likelihood"]`, '5');
    await page.fill('#f-change-reason', 'Trying');
    await send(page, 'main .form-foot button[type=submit]');
    expect((await page.textContent('.assess-title .invalid-feedback')).includes('Target impact'), 'no message at the row');
  });
  await check('the register is issued for good', async () => {
    await page.goto(url + '/risks/document');
    await send(page, 'main form[action="/risks/document/issue"] button, form[action="/risks/document/issue"] button');
    expect(page.url().includes('/issued/'), page.url());
  });
  await phone(browser, problems, state);
}

async function phone(browser, problems, state) {
  const small = await open(browser, problems, { viewport: { width: 390, height: 844 }, colorScheme: 'dark', storageState: state });
  for (const path of pages) {
    await small.goto(url + path);
    await shot(small, `register-phone-${path.slice(1).replace(/\//g, '-')}`);
    await fits(small, `${path} on a phone`);
    await accessible(small, `${path} on a phone, dark`);
  }
  await small.goto(url + '/risks');
  await apart(small, '.bench-tabs a', 'the ways between the pages');
  await small.context().close();
}

module.exports = { register };
