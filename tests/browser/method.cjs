// The first risk method of an empty workspace, made part by part; two assessors calibrate it blind, and settle what they differ on.
const { account, check, expect, open, signIn, send, shot, accessible, fits } = require('./harness.cjs');
const { sign_in, record, colleague, pick } = require('./people.cjs');

async function score(page, exercise, levels) {
  await page.goto(exercise + '/score');
  for (const [n, [likelihood, impact]] of levels.entries()) {
    await page.selectOption(`[name="${n}.likelihood"]`, String(likelihood));
    await page.selectOption(`[name="${n}.impact"]`, String(impact));
  }
  await page.fill('[name="0.rationale"]', 'A case of last year came to mind.');
  await send(page, 'main .form-foot button[type=submit]');
}

async function on_a_phone(page, name) {
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, `${name} on a phone`);
  await shot(page, `${name}-phone`);
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function risk_method(browser, problems, address) {
  const page = await open(browser, problems);
  await sign_in(page, address, account.email, account.password);
  let first, second, method, exercise, other, mara;
  await check('an empty workspace is taught what a method is', async () => {
    await page.goto(address + '/risk/method');
    await accessible(page, 'the risk method of an empty workspace');
    await send(page, 'main button:has-text("Begin the method")');
    method = page.url().split('/set/')[0];
  });
  await check('the wizard leads through its five parts', async () => {
    await send(page, 'main .form-foot .btn-primary');
    await accessible(page, 'the scales');
    await on_a_phone(page, 'method-scales');
    await shot(page, 'method-scales', { fullPage: true });
    await page.fill('#f-likelihood_max', '4');
    await send(page, 'main button:has-text("Offer wording")');
    expect(await page.locator('[name="levels.likelihood.5.name"]').count() === 0, 'a fifth level is still asked');
    await page.fill('[name="levels.likelihood.2.meaning"]', '');
    await send(page, 'main .form-foot .btn-primary');
    expect(await page.locator('[id="f-levels.likelihood.2.meaning-problem"]').count() === 1, 'a level without words was taken');
    await page.fill('[name="levels.likelihood.2.meaning"]', 'About once in five years, at others more often than here.');
    await send(page, 'main .form-foot .btn-primary');
    await accessible(page, 'the formula');
    await on_a_phone(page, 'method-formula');
    await send(page, 'main .form-foot .btn-primary');
    await page.fill('#f-acceptance_threshold', '6');
    await send(page, 'main button:has-text("Show the table")');
    expect((await page.textContent('main')).includes('acceptance threshold of 6'), 'the table does not follow');
    await accessible(page, 'the threshold');
    await shot(page, 'method-threshold', { fullPage: true });
    await on_a_phone(page, 'method-threshold');
    await send(page, 'main .form-foot .btn-primary');
    await send(page, 'main .form-foot .btn-primary');
    expect(page.url() === method, page.url());
    expect((await page.textContent('main')).includes('About once in five years'), 'the document does not say it');
  });
  await shot(page, 'method', { fullPage: true });
  await accessible(page, 'the risk method');
  await on_a_phone(page, 'method');
  await check('people and their accounts', async () => {
    const unit = await record(page, address, 'org_unit', { name: 'Operations', in_scope: 'true' });
    const site = await record(page, address, 'site', { name: 'Head office', address: 'Rua da Prata 4, Lisbon', country: 'PT', kind: 'office', is_central_function: 'false', in_scope: 'true', headcount: '12', activity_group: 'operations', opened_on: '2020-01-01' });
    const someone = { employment: 'employee', org_unit: unit, site, job_title: 'Analyst', start_date: '2020-01-01', is_top_management: 'false', in_scope: 'true', handles_sensitive: 'false', works_remotely: 'false' };
    first = await record(page, address, 'person', { ...someone, name: 'Mara Lindqvist' });
    second = await record(page, address, 'person', { ...someone, name: 'Tomás Reis' });
    other = await colleague(page, browser, problems, address, { email: 'tomas@example.org', name: 'Tomás Reis', person: second, roles: ['employee'] });
    mara = await colleague(page, browser, problems, address, { email: 'mara@example.org', name: 'Mara Lindqvist', person: first, roles: ['isms_owner'] });
  });
  await check('an exercise is planned and scored blind', async () => {
    await mara.goto(address + '/risk/calibration/new');
    for (const person of [first, second]) await pick(mara, '#f-assessors', person);
    await accessible(mara, 'a new exercise');
    await on_a_phone(mara, 'calibration-new');
    await send(mara, '.form-foot button[type=submit]');
    exercise = mara.url();
    await score(mara, exercise, [[2, 5], [2, 4], [3, 2], [4, 2], [2, 4]]);
    expect((await mara.textContent('main')).includes('1 of 2 assessors'), await mara.textContent('main'));
    await accessible(mara, 'an exercise under way');
    await other.goto(exercise);
    expect(!(await other.content()).includes('A case of last year'), 'the sheet of another is shown');
    await other.goto(exercise + '/score');
    await shot(other, 'calibration-score', { fullPage: true });
    await accessible(other, 'the sheet of an assessor');
    await on_a_phone(other, 'calibration-score');
    await score(other, exercise, [[4, 5], [2, 4], [3, 2], [4, 2], [2, 3]]);
    expect((await other.textContent('main')).includes('beyond the tolerance'), await other.textContent('main'));
  });
  await check('a difference is settled with its reason', async () => {
    await mara.goto(exercise);
    await accessible(mara, 'differences to settle');
    await mara.selectOption('[name=likelihood-0]', '3');
    await mara.selectOption('[name=impact-0]', '5');
    await send(mara, 'main button:has-text("Settle")');
    expect(await mara.locator('#f-reason-0-problem').count() === 1, 'a reason is not asked');
    await mara.fill('#f-reason-0', 'One thought of all accounts, the other of the console alone.');
    await send(mara, 'main button:has-text("Settle")');
    const text = await mara.textContent('main');
    expect(text.includes('Finished') && text.includes('the console alone'), text);
    await shot(mara, 'calibration', { fullPage: true });
    await accessible(mara, 'the record of an exercise');
    await on_a_phone(mara, 'calibration');
  });
  await check('the record is filed as evidence', async () => {
    await send(mara, 'button:has-text("File as evidence")');
    expect((await mara.textContent('main')).includes('6.1.2 b'), await mara.textContent('main'));
  });
  for (const one of [page, other, mara]) await one?.context().close();
}

// The example organisation: its method in force, seen in the dark.
async function method_in_force(page, url) {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [name, path] of [['method-versions', '/risk/method'], ['method-in-force', '/risk/method/METH-1'], ['calibration-list', '/risk/calibration'], ['calibration-example', '/risk/calibration/CAL-1']]) {
    const response = await page.goto(url + path);
    await check(`${path} comes`, async () => expect(response.status() === 200, String(response.status())));
    await accessible(page, `${name} in the dark`);
    await shot(page, `${name}-dark`, { fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

module.exports = { risk_method, method_in_force };
