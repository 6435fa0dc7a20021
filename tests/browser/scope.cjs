// From an empty workspace to an approved scope: context decided, boundary decided with its mistakes told, a signature; then roles,
// responsibilities and an objective that is followed.
const { url: example, account, check, expect, open, send, shot, accessible, fits } = require('./harness.cjs');
const { chosen, record, colleague } = require('./people.cjs');

async function ground(page, address) {
  const unit = await record(page, address, 'org_unit', { name: 'Engineering', in_scope: 'true' });
  await record(page, address, 'org_unit', { name: 'Canteen', in_scope: 'false' });
  const site = await record(page, address, 'site', { name: 'Leeds', address: 'Mill Lane 4, Leeds', country: 'GB', kind: 'office', is_central_function: 'true', in_scope: 'true', headcount: '40', activity_group: 'development', opened_on: '2020-01-01' });
  const someone = { employment: 'employee', org_unit: unit, site, start_date: '2020-01-01', in_scope: 'true', handles_sensitive: 'true', works_remotely: 'false' };
  const olga = await record(page, address, 'person', { ...someone, name: 'Olga Brandt', job_title: 'Managing director', is_top_management: 'true' });
  const tim = await record(page, address, 'person', { ...someone, name: 'Tim Okoye', job_title: 'Security lead', is_top_management: 'false' });
  const supplier = await record(page, address, 'supplier', { name: 'Nimbus Hosting', service: 'Virtual servers', tier: 'critical', cloud_service: 'true', processes_personal_data: 'true', in_scope: 'true', exit_plan: 'false', shared_responsibility_documented: 'false', component_provenance_known: 'false' });
  await record(page, address, 'system', { name: 'Ordering', owner: tim, environment: 'production', in_scope: 'true', handles_sensitive: 'true', internet_facing: 'true', access_class: 'business_app', cloud_region: 'eu-north-1', supplier, mfa_enforced: 'true', logging_required: 'true', time_synchronised: 'true', uses_production_data: 'false', data_masked: 'false', stores_source_code: 'false' });
  return { olga, tim };
}

async function context(page, address) {
  await check('climate change is decided with reasons', async () => {
    await page.goto(address + '/context');
    await page.selectOption('#f-relevant', 'false');
    await page.fill('#f-description', 'Heat and flood at the office in Leeds.');
    await send(page, '#climate button[type=submit]');
    expect((await page.textContent('#f-rationale-problem')).includes('must say why'), 'no word at the field');
    expect(await page.inputValue('#f-relevant') === 'false', 'what was chosen is lost');
    await page.fill('#f-rationale', 'One office on a hill; hosting in the north with two feeds of power.');
    await send(page, '#climate button[type=submit]');
    expect((await page.textContent('#climate')).includes('Not relevant'), await page.textContent('#climate'));
  });
  await check('suggestions become undecided entries', async () => {
    await page.goto(address + '/context/suggestions');
    await accessible(page, 'suggestions for the context');
    for (const name of ['issue', 'requirement']) await page.check(`input[name=${name}] >> nth=2`);
    await send(page, 'main button.btn-primary');
    expect((await page.textContent('#parties')).includes('Customers with a contract'), 'no party');
    await page.selectOption('#parties select', 'yes');
    await send(page, '#parties form button');
    expect((await page.textContent('#parties .invalid-feedback')).includes('until a control'), 'a yes without consequence is taken');
  });
  await shot(page, 'context-story');
}

const row = (name) => `#undecided tr:has-text("${name}")`;

async function boundary(page, address) {
  await check('a first version begins with what the registers count as in scope', async () => {
    await page.goto(address + '/scope');
    await send(page, 'main button:has-text("Begin version 1")');
    expect((await page.textContent('#items')).includes('Ordering'), await page.textContent('#items'));
  });
  await check('an exclusion without reasons comes back at its row', async () => {
    await page.selectOption(row('Canteen') + ' select', 'out');
    await page.selectOption(row('eu-north-1') + ' select', 'out');
    await page.fill(row('eu-north-1') + ' textarea', 'Run by the host.');
    await page.selectOption(row('Nimbus') + ' select', 'interface');
    await send(page, '#undecided button[type=submit]');
    expect((await page.textContent(row('Canteen') + ' .invalid-feedback')).includes('why this is left out'), 'no word at the row');
    expect((await page.textContent(row('Nimbus') + ' .invalid-feedback')).includes('what we do'), 'an interface needs no split');
    expect(await page.inputValue(row('eu-north-1') + ' textarea') === 'Run by the host.', 'what was written is lost');
    await accessible(page, 'the boundary with mistakes');
    await page.fill(row('Canteen') + ' textarea', 'Cooks without access to systems or data.');
    await page.fill(row('Nimbus') + ' textarea', 'They run hosts and network; we run systems and data.');
    await send(page, '#undecided button[type=submit]');
    expect((await page.textContent('#undecided')).includes('speaks about everything'), await page.textContent('#undecided'));
  });
  await check('what contradicts is told and mended', async () => {
    expect((await page.textContent('#contradictions')).includes('"Ordering" inside runs in it'), await page.textContent('#contradictions'));
    await shot(page, 'scope-story');
    await page.click('#contradictions li:has-text("runs in it") a:has-text("Change")');
    await page.waitForURL(/items/);
    await page.selectOption('#f-inclusion', 'interface');
    await page.fill('#f-responsibility_split', 'The host keeps the region running; we choose it.');
    await send(page, '.form-foot button[type=submit]');
    expect(!(await page.textContent('#contradictions')).includes('runs in it'), 'still there');
  });
  await check('the text is proposed from the items', async () => {
    await send(page, '#statement a:has-text("Write")');
    await send(page, '#proposal a');
    expect((await page.inputValue('#f-text')).includes('Engineering'), await page.inputValue('#f-text'));
    await send(page, '.form-foot button[type=submit]');
  });
  await accessible(page, 'a version of the scope');
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'a version of the scope on a phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  return page.url().split('#')[0];
}

async function approval(page, browser, problems, address, version, olga) {
  await check('the scope is submitted, and approved with a signature', async () => {
    await send(page, '#next a:has-text("Submit for approval")');
    await send(page, '.form-foot button.btn-primary');
    const director = await colleague(page, browser, problems, address, { email: 'olga@example.org', name: 'Olga Brandt', person: olga, roles: ['top_management'] });
    await director.goto(version);
    await send(director, '#next a:has-text("Approve the scope")');
    await director.selectOption('#f-considers_issues', 'true');
    await director.selectOption('#f-considers_requirements', 'true');
    await director.fill('#f-_password', 'not the password');
    await send(director, '.form-foot button.btn-primary');
    expect(await director.locator('#f-_password-problem').count() === 1, 'a wrong password signs');
    await director.fill('#f-_password', chosen);
    await send(director, '.form-foot button.btn-primary');
    await director.goto(version + '/document');
    expect((await director.textContent('main')).includes('by Olga Brandt'), 'the document names no approver');
    await accessible(director, 'the scope document');
    await shot(director, 'scope-document', { fullPage: true });
    await director.context().close();
  });
  await check('an approved scope is issued, and changes no more', async () => {
    await page.goto(version);
    expect(await page.locator('#undecided button, a:has-text("Add something else")').count() === 0, 'it may still be changed');
    await send(page, 'main button:has-text("Issue")');
    expect(page.url().includes('/issued/'), page.url());
  });
}

async function governance(page, address, { olga, tim }) {
  await check('roles that collide are told', async () => {
    for (const role of ['isms_owner', 'internal_audit_lead']) await record(page, address, 'role_assignment', { role, person: tim, authority_granted_by: olga, assigned_on: '2026-01-05', communicated_on: '2026-01-06' });
    await record(page, address, 'role_assignment', { role: 'top_management_sponsor', person: olga, assigned_on: '2026-01-05' });
    await page.goto(address + '/governance');
    expect((await page.textContent('#roles')).includes('nobody audits their own work'), await page.textContent('#roles'));
    await accessible(page, 'roles with gaps');
  });
  await check('typical activities need somebody who answers for them', async () => {
    await page.goto(address + '/governance/raci/typical');
    await send(page, 'main button.btn-primary');
    const open = page.locator('select.is-invalid');
    expect(await open.count() > 0, 'nobody is asked for');
    await accessible(page, 'typical activities');
    while (await page.locator('select.is-invalid').count() > 0) {
      for (const select of await open.all()) await select.selectOption(olga);
      await send(page, 'main button.btn-primary');
    }
    expect(await page.locator('.raci tbody tr').count() > 15, 'no matrix');
    await shot(page, 'raci');
    await accessible(page, 'the matrix of responsibilities');
  });
  await check('two accountables come back at the field', async () => {
    await page.click('.raci tbody th a >> nth=0');
    await page.waitForSelector('#f-accountable');
    for (const id of [olga, tim]) await page.selectOption(`[id="letter-${id}"]`, 'A');
    await send(page, '.form-foot button.btn-primary');
    expect((await page.textContent('#f-accountable-problem')).includes('Olga Brandt') || (await page.textContent('.alert')).includes('Olga Brandt'), 'who shares it is not named');
    await page.selectOption(`[id="letter-${tim}"]`, 'R');
    await send(page, '.form-foot button.btn-primary');
    expect(page.url().endsWith('/governance/raci'), page.url());
  });
}

async function objective(page, address, { tim }) {
  await check('a value is taken, and an objective off target alarms', async () => {
    const metric = await record(page, address, 'metric', { name: 'Trained staff', what: 'Share of staff with training (%)', measured_by: tim, measure_every_days: '31', automated: 'false', direction: 'up', kind: 'performance', active: 'true', active_since: '2026-01-01', target: '90' });
    const id = await record(page, address, 'security_objective', { title: 'Nine of ten are trained', metric, measurable: 'true', target_value: '90', considers_risk_results: 'true', owner: tim });
    await page.goto(`${address}/objectives/${id}`);
    await page.fill('#f-value', '');
    await send(page, '#measure button');
    expect((await page.textContent('#f-value-problem')).includes('number'), 'no word at the field');
    await page.fill('#f-value', '72.5');
    await page.fill('#f-conclusion', 'Two newcomers wait for the course.');
    await send(page, '#measure button');
    expect((await page.textContent('#course')).includes('Off target'), await page.textContent('#course'));
    expect(await page.locator('#course svg').count() === 1, 'no curve');
    await accessible(page, 'an objective with a value');
  });
}

async function scope(browser, problems, address) {
  const page = await open(browser, problems);
  await page.goto(address + '/sign-in');
  await page.fill('input[name=email]', account.email);
  await page.fill('input[name=password]', account.password);
  await send(page, 'form button[type=submit]');
  const people = await ground(page, address);
  await context(page, address);
  const version = await boundary(page, address);
  await approval(page, browser, problems, address, version, people.olga);
  await governance(page, address, people);
  await objective(page, address, people);
  await page.context().close();
}

// The workbenches over the example organisation.
async function scope_pages(page) {
  const addresses = ['/context', '/scope', '/scope/SCOPE-2', '/scope/SCOPE-2/compare?with=SCOPE-1', '/scope/SCOPE-2/document', '/governance', '/governance/raci', '/governance/committees/COM-IS',
    '/governance/committees/COM-IS/meeting', '/governance/communication', '/governance/changes/IC-04', '/objectives', '/objectives/OBJ-2'];
  for (const address of addresses) {
    await page.goto(example + address);
    await accessible(page, address);
    await page.setViewportSize({ width: 390, height: 844 });
    await fits(page, `${address} on a phone`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const address of ['/scope/SCOPE-2', '/objectives/OBJ-2', '/governance']) {
    await page.goto(example + address);
    await accessible(page, `${address} in the dark`);
  }
  await shot(page, 'governance-dark');
  await page.emulateMedia({ colorScheme: 'light' });
}

module.exports = { scope, scope_pages };
