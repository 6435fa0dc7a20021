// From nothing to a signed Statement of Applicability: the way of a new organisation through an empty workspace. Three people take
// part: the security lead, the owner of a risk and the managing director, each with what is theirs to do.
const { account, check, expect, open, send, shot, accessible } = require('./harness.cjs');
const { chosen, sign_in, record, colleague, pick } = require('./people.cjs');
const fs = require('fs');

const assets = `Asset name;Type;Owner;Classification;In scope;Business critical;Personal data;State;Registered on
Order database;Information;Ines Calder;Confidential;yes;yes;yes;Active;2026-01-10
Web shop;Application;Ines Calder;Internal;yes;yes;yes;Active;2026-01-10
Laptops of the sales team;Endpoint;Nils Arvid;Internal;yes;no;yes;Active;2026-01-12
`;
const risks = `Risk title;Scenario;Threat;Threat category;Weakness;Consequence;Asset;Properties at risk;Risk owner;Inherent likelihood;Inherent impact;Residual likelihood;Residual impact
Orders leak through a stolen laptop;A laptop is stolen on a train and its disk, which is not encrypted, gives away the orders of the last year;Theft of a device;Human actions;Disks without encryption;Customers are told, a fine is likely;Laptops of the sales team;Confidentiality;Ines Calder;4;4;3;4
Ransomware stops the shop;A gang encrypts the shop and its backups, which can be written from there, and nothing is sold for a week;Extortion by ransomware;Human actions;Backups can be overwritten from the shop;No orders for a week;Web shop;Availability;Ines Calder;4;5;3;5
A typing error deletes orders;An administrator who uses one account for everything deletes the orders of a day by mistake;Mistake of an administrator;Human actions;One account for everything;Orders of a day are typed again;Order database;Integrity;Ines Calder;3;3;2;2
`;

async function in_main(page) { return (await page.textContent('main')).replace(/\s+/g, ' '); }

// Takes the step of the page's record; `fill` gives what the step asks.
async function step(page, address, path, label, fill = async () => {}) {
  await page.goto(`${address}${path}`);
  await send(page, `#next a:has-text("${label}")`);
  await fill();
  await send(page, '.form-foot button.btn-primary');
  expect(page.url() === `${address}${path}`, `"${label}" was not taken: ${await in_main(page)}`);
}

async function import_sheet(page, address, register, name, text) {
  await page.goto(`${address}/import?register=${register}`);
  await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await send(page, 'main form button.btn-primary');
  await shot(page, `story-import-${register}`, { fullPage: true });
  await send(page, 'main button:has-text("Check the rows")');
  await shot(page, `story-check-${register}`, { fullPage: true });
  await send(page, 'main form button.btn-primary');
  expect((await in_main(page)).includes('3 created') || (await in_main(page)).includes('3 new'), await in_main(page));
}

async function pdf_of(page, address) {
  for (let i = 0; i < 120; i++) {
    const [type, bytes] = await page.evaluate(async (url) => {
      const response = await fetch(url);
      return [response.headers.get('Content-Type'), Array.from(new Uint8Array(await response.arrayBuffer()))];
    }, address);
    if (type === 'application/pdf') return Buffer.from(bytes);
    await page.waitForTimeout(500);
  }
  throw new Error('the PDF never came');
}

async function people(page, browser, problems, address) {
  const unit = await record(page, address, 'org_unit', { name: 'Trade', in_scope: 'true' });
  const site = await record(page, address, 'site', { name: 'Porto', address: 'Rua do Cais 8, Porto', country: 'PT', kind: 'office', is_central_function: 'true', in_scope: 'true', headcount: '31', activity_group: 'trade', opened_on: '2019-03-01' });
  const someone = { employment: 'employee', org_unit: unit, site, start_date: '2019-03-01', in_scope: 'true', handles_sensitive: 'true', works_remotely: 'false' };
  const vera = await record(page, address, 'person', { ...someone, name: 'Vera Salgado', job_title: 'Managing director', is_top_management: 'true' });
  const nils = await record(page, address, 'person', { ...someone, name: 'Nils Arvid', job_title: 'Security lead', is_top_management: 'false', manager: vera });
  const ines = await record(page, address, 'person', { ...someone, name: 'Ines Calder', job_title: 'Head of trade', is_top_management: 'false', manager: vera });
  return {
    ids: { vera, nils, ines },
    vera: await colleague(page, browser, problems, address, { email: 'vera@example.org', name: 'Vera Salgado', person: vera, roles: ['top_management'] }),
    nils: await colleague(page, browser, problems, address, { email: 'nils@example.org', name: 'Nils Arvid', person: nils, roles: ['isms_owner'] }),
    ines: await colleague(page, browser, problems, address, { email: 'ines@example.org', name: 'Ines Calder', person: ines, roles: ['risk_owner'] }),
  };
}

async function gap(nils, address) {
  await nils.goto(address + '/gap');
  await send(nils, '#start button[type=submit]');
  const analysis = nils.url();
  await nils.goto(analysis + '/proposals');
  await send(nils, 'button:has-text("Take over all proposals")');
  await nils.goto(analysis + '/roadmap');
  expect(await nils.locator('svg.gantt').count() === 1, 'no roadmap');
  await shot(nils, 'story-gap', { fullPage: true });
}

async function scope(nils, vera, address) {
  await nils.goto(address + '/scope');
  await send(nils, 'main button:has-text("Begin version 1")');
  const version = nils.url().split('#')[0];
  const row = (name) => `#undecided tr:has-text("${name}")`;
  await nils.selectOption(row('Harbour Hosting') + ' select', 'interface');
  await nils.fill(row('Harbour Hosting') + ' textarea', 'They run the hosts; we run the shop and its data.');
  await send(nils, '#undecided button[type=submit]');
  await send(nils, '#statement a:has-text("Write")');
  await send(nils, '#proposal a');
  await send(nils, '.form-foot button[type=submit]');
  await shot(nils, 'story-scope', { fullPage: true });
  await send(nils, '#next a:has-text("Submit for approval")');
  await send(nils, '.form-foot button.btn-primary');
  await vera.goto(version);
  await send(vera, '#next a:has-text("Approve the scope")');
  for (const field of ['considers_issues', 'considers_requirements']) await vera.selectOption(`#f-${field}`, 'true');
  await vera.fill('#f-_password', chosen);
  await send(vera, '.form-foot button.btn-primary');
  return version.split('/').pop();
}

async function method(nils, vera, address) {
  await nils.goto(address + '/risk/method');
  await send(nils, 'main button:has-text("Begin the method")');
  const page = nils.url().split('/set/')[0];
  const id = page.split('/').pop();
  for (let part = 0; part < 5; part++) await send(nils, 'main .form-foot .btn-primary');
  expect(nils.url() === page, `${nils.url()}: ${await in_main(nils)}`);
  await step(vera, address, `/r/risk_methodology/${id}`, 'Approve the method', () => vera.fill('#f-_password', chosen));
  await nils.goto(page);
  await shot(nils, 'story-method', { fullPage: true });
  await send(nils, 'main form[action$="/document"] button, main button:has-text("document")');
  await nils.goto(page);
  expect((await in_main(nils)).includes('In force'), await in_main(nils));
  return id;
}

async function score(page, exercise, levels) {
  await page.goto(exercise + '/score');
  for (const [n, [likelihood, impact]] of levels.entries()) {
    await page.selectOption(`[name="${n}.likelihood"]`, String(likelihood));
    await page.selectOption(`[name="${n}.impact"]`, String(impact));
  }
  await send(page, 'main .form-foot button[type=submit]');
}

async function calibration(nils, ines, address, ids) {
  await nils.goto(address + '/risk/calibration/new');
  for (const person of [ids.nils, ids.ines]) await pick(nils, '#f-assessors', person);
  await send(nils, '.form-foot button[type=submit]');
  const exercise = nils.url();
  await score(nils, exercise, [[2, 5], [2, 4], [3, 2], [4, 2], [2, 4]]);
  await score(ines, exercise, [[2, 4], [2, 4], [3, 2], [5, 2], [2, 3]]);
  expect((await in_main(ines)).includes('alpha'), await in_main(ines));
  await shot(ines, 'story-calibration', { fullPage: true });
}

async function assessment(nils, address, ids, scope_id, method_id) {
  await record(nils, address, 'risk_assessment_run', { methodology: method_id, scope: scope_id, kind: 'initial', performed_on: new Date().toISOString().slice(0, 10), participants: ids.nils });
  await nils.goto(address + '/risks/assess');
  await nils.fill('#f-next_review_on', '2027-06-30');
  await nils.fill('#f-change-reason', 'First assessment with the people of trade');
  for (const box of await nils.locator('main table input[name=id]').all()) await box.check();
  await send(nils, 'main .form-foot button[type=submit], main .card-footer button.btn-primary');
  await nils.goto(address + '/risks');
  await shot(nils, 'story-risks', { fullPage: true });
}

async function treatment(nils, ines, address, ids) {
  const control = await record(nils, address, 'control', { code: 'CTL-DISK', title: 'Encryption of disks', owner: ids.nils, frequency: 'monthly', key_control: 'true' });
  const listed = await nils.evaluate(async () => (await (await fetch('/api/v1/risk?sort=-residual_score')).json()).items.map((risk) => [risk.id, risk.title, risk.status]));
  const laptop = listed.find(([, title]) => title.startsWith('Orders leak'))[0];
  const typing = listed.find(([, title]) => title.startsWith('A typing'))[0];
  await nils.goto(address + '/treatment');
  await send(nils, 'main button:has-text("Begin the plan")');
  await step(ines, address, `/r/risk/${laptop}`, 'Decide the treatment', async () => {
    await ines.selectOption('#f-treatment', 'modify');
    await ines.fill('#f-priority', '1');
    await ines.fill('#f-target_likelihood', '1');
    await ines.fill('#f-target_impact', '4');
    await pick(ines, '#f-controls', control);
  });
  await ines.goto(`${address}/treatment/risks/${laptop}`);
  await ines.fill('[name="a0.description"]', 'Encrypt the disks of all laptops');
  await ines.fill('[name="a0.owner"]', ids.nils);
  await ines.keyboard.press('Escape');
  await ines.fill('[name="a0.control"]', control);
  await ines.keyboard.press('Escape');
  await ines.fill('[name="a0.resources"]', '4 person-days');
  await ines.fill('[name="a0.cost"]', '1200');
  await ines.fill('[name="a0.due_on"]', '2027-02-26');
  await send(ines, 'form[action$="/actions"] button[type=submit]');
  await ines.fill('#f-_password', chosen);
  await send(ines, 'form[action$="/approve"] button[type=submit]');
  expect((await in_main(ines)).includes('Approved'), await in_main(ines));
  await shot(ines, 'story-treatment', { fullPage: true });
  await ines.goto(`${address}/acceptances/new?risk=${typing}`);
  await ines.fill('#f-rationale', 'Orders can be typed again from the mails of the customers.');
  await ines.fill('#f-expires_on', '2027-06-30');
  await ines.fill('#f-_password', chosen);
  await send(ines, 'form[action="/acceptances"] button[type=submit]');
  expect((await in_main(ines)).includes(typing), await in_main(ines));
}

// The statement as a spreadsheet kept it until now: each control with a decision, a reason and a state.
function sheet_of_controls() {
  const controls = fs.readFileSync('content/annex-a.csv', 'utf8').trim().split('\n').slice(1).map((line) => line.match(/^([^,]*),([^,]*),("(?:[^"]|"")*"|[^,]*)/).slice(1));
  const rows = controls.map(([ref, , title]) => ref === '8.30'
    ? `A.${ref};${title};no;Nothing is developed by others: the shop is a product bought off the shelf.;;`
    : `A.${ref};${title};yes;Needed to run the shop as customers expect it.;not implemented;business`);
  return ['Control;Title;Applicable;Justification;Status;Reasons', ...rows].join('\n') + '\n';
}

async function statement(nils, vera, address) {
  await nils.goto(address + '/soa/import');
  await nils.setInputFiles('#file', { name: 'soa.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet_of_controls()) });
  await send(nils, 'main form button.btn-primary');
  await shot(nils, 'story-soa-import');
  await send(nils, 'main form[method=post] button.btn-primary');
  await nils.goto(address + '/soa');
  expect(await nils.locator('.soa-table tbody tr').count() === 93, `${await nils.locator('.soa-table tbody tr').count()} lines`);
  await nils.goto(address + '/soa');
  await nils.check('[data-select-all]');
  await send(nils, '#soa-lines button:has-text("Reviewed today")');
  await shot(nils, 'story-soa', { fullPage: true });
  await send(nils, 'main a:has-text("Submit for approval")');
  for (const field of ['scope', 'run']) {
    const input = nils.locator(`#f-${field}`);
    if (await input.count() === 1 && await nils.locator(`#f-${field}-chosen *, [data-pick="${field}"] .badge`).count() === 0) {
      await input.click();
      const option = nils.locator(`#f-${field}-list [role=option]`).first();
      if (await option.isVisible({ timeout: 3000 }).catch(() => false)) await option.click();
    }
  }
  await send(nils, 'main .card-footer button.btn-primary');
  await vera.goto(address + '/soa');
  await send(vera, 'main a:has-text("Approve and issue")');
  await vera.fill('input[name=_password]', chosen);
  await send(vera, 'main button:has-text("Approve and issue")');
  expect(/\/issued\/\d+$/.test(vera.url()), `${vera.url()}: ${await in_main(vera)}`);
  expect((await in_main(vera)).includes('hash and document agree'), await in_main(vera));
  await shot(vera, 'story-issued', { fullPage: true });
  const pdf = await pdf_of(vera, vera.url() + '/pdf');
  expect(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 30000, `${pdf.length} bytes`);
  if (process.env.SHOTS) fs.writeFileSync(`${process.env.SHOTS}/story-soa.pdf`, pdf);
}

async function story(browser, problems, address) {
  const page = await open(browser, problems);
  let team, scope_id, method_id;
  const chapter = (name, tell) => check(`the story: ${name}`, async () => {
    try {
      await tell();
    } catch (error) {
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [n, each] of pages.entries()) await shot(each, `story-failed-${name.split(" ").slice(0, 3).join("-")}-${n}`, { fullPage: true });
      throw error;
    }
  });
  await chapter('the administrator signs in and names the organisation', async () => {
    await sign_in(page, address, account.email, account.password);
    await record(page, address, 'organisation', { name: 'Calder Trade', sector: 'NACE 47.91', headcount_total: '31', critical_services: 'false', isms_operational_since: '2026-06-01' });
  });
  await chapter('three people get their accounts', async () => { team = await people(page, browser, problems, address); });
  if (!team) return page.context().close();
  const { nils, ines, vera, ids } = team;
  await chapter('the assets come out of a spreadsheet', () => import_sheet(nils, address, 'asset', 'assets.csv', assets));
  await chapter('a supplier and a system are entered', async () => {
    const supplier = await record(nils, address, 'supplier', { name: 'Harbour Hosting', service: 'Virtual servers', tier: 'critical', cloud_service: 'false', processes_personal_data: 'true', in_scope: 'true', exit_plan: 'false', shared_responsibility_documented: 'false', component_provenance_known: 'false' });
    await record(nils, address, 'system', { name: 'Shop', owner: ids.ines, environment: 'production', in_scope: 'true', handles_sensitive: 'true', internet_facing: 'true', access_class: 'business_app', supplier, mfa_enforced: 'true', logging_required: 'true', time_synchronised: 'true', uses_production_data: 'false', data_masked: 'false', stores_source_code: 'false' });
  });
  await chapter('a gap analysis shows what there is to do', () => gap(nils, address));
  await chapter('the scope is drawn, and approved by the managing director', async () => { scope_id = await scope(nils, vera, address); });
  await chapter('the risk method is set, approved and in force', async () => { method_id = await method(nils, vera, address); });
  await chapter('two assessors calibrate it blind', () => calibration(nils, ines, address, ids));
  await chapter('the risks come out of a spreadsheet', () => import_sheet(nils, address, 'risk', 'risks.csv', risks));
  await chapter('the risks are assessed', () => assessment(nils, address, ids, scope_id, method_id));
  await chapter('a risk is treated, another one accepted, both signed by their owner', () => treatment(nils, ines, address, ids));
  await chapter('the Statement of Applicability is imported, approved, issued and there as a PDF', () => statement(nils, vera, address));
  await nils.goto(address + '/');
  await shot(nils, 'story-home', { fullPage: true });
  await accessible(nils, 'the home after the story');
  for (const one of [page, nils, ines, vera]) await one.context().close();
}

module.exports = { story };
