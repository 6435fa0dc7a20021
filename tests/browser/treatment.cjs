// A risk treated, its treatment approved and what remains accepted, both signed; the score moves and the acceptance falls. Then what
// a new supplier touches.
const { url, check, expect, send, shot, accessible, fits } = require('./harness.cjs');
const { chosen, colleague } = require('./people.cjs');

const in_main = (page) => page.textContent('main');

async function plan_and_acceptance(page, browser, problems) {
  await page.goto(url + '/treatment');
  await check('the plan stands by priority, in time and with its gaps', async () => {
    expect((await page.locator('#risks tbody tr').count()) > 5, 'too few risks');
    expect((await page.locator('svg.gantt').count()) === 1, 'no chart');
    expect((await in_main(page)).includes('Critical path'), 'no critical path');
  });
  await shot(page, 'treatment');
  await accessible(page, 'the treatment plan');
  const owner = await colleague(page, browser, problems, url, { email: 'risk.owner@example.org', name: 'Risk Owner', person: 'P-022', roles: ['risk_owner'] });
  await check('several actions are added at once; a mistake comes back at its field', async () => {
    await owner.goto(url + '/treatment/risks/R-024');
    await owner.fill('[name="a0.description"]', 'Review of downloads by leavers');
    await owner.fill('[name="a0.cost"]', '1500');
    await owner.fill('[name="a0.resources"]', '3 person-days');
    await owner.fill('[name="a0.owner"]', 'P-009');
    await owner.keyboard.press('Escape');
    await owner.fill('[name="a0.due_on"]', '2027-03-01');
    await owner.fill('[name="a1.cost"]', '200');
    await send(owner, '#add button[type=submit], form[action$="/actions"] button[type=submit]');
    expect(await owner.locator('[id="f-a1.description-problem"]').count() === 1, 'no problem at the second row');
    expect(await owner.inputValue('[name="a0.description"]') === 'Review of downloads by leavers', 'the first row was lost');
    await owner.fill('[name="a1.cost"]', '');
    await send(owner, 'form[action$="/actions"] button[type=submit]');
    expect((await in_main(owner)).includes('Review of downloads by leavers'), 'the action is not there');
  });
  await check('the owner approves what is shown, signed', async () => {
    await owner.goto(url + '/treatment/risks/R-024');
    expect((await owner.textContent('.bench-seen')).includes('Review of downloads by leavers'), 'not what is approved');
    await owner.fill('#f-_password', 'not the password');
    await send(owner, 'form[action$="/approve"] button[type=submit]');
    expect(await owner.locator('#f-_password-problem').count() === 1, 'a wrong password signs');
    await owner.fill('#f-_password', chosen);
    await send(owner, 'form[action$="/approve"] button[type=submit]');
    expect((await in_main(owner)).includes('Approved'), await in_main(owner));
  });
  await shot(owner, 'treatment-risk');
  await accessible(owner, 'the treatment of a risk');
  await check('what remains is accepted, signed', async () => {
    await owner.goto(url + '/r/risk_acceptance/new?risk=R-024');
    expect(owner.url().includes('/acceptances/new'), owner.url());
    await accessible(owner, 'accepting a risk');
    await owner.fill('#f-rationale', 'The rules against leakage are in place by autumn.');
    await owner.fill('#f-_password', chosen);
    await send(owner, 'form[action="/acceptances"] button[type=submit]');
    expect((await in_main(owner)).includes('must be given'), 'no end was asked for');
    expect((await owner.inputValue('#f-rationale')).startsWith('The rules'), 'the reasons were lost');
    await owner.fill('#f-expires_on', '2027-06-30');
    await owner.fill('#f-_password', chosen);
    await send(owner, 'form[action="/acceptances"] button[type=submit]');
    expect((await owner.textContent('#valid')).includes('R-024') || (await in_main(owner)).includes('R-024'), 'not among the valid ones');
  });
  await shot(owner, 'acceptances');
  await accessible(owner, 'acceptances');
  await check('the score rises, and the acceptance falls at once', async () => {
    await page.goto(url + '/r/risk/R-024/edit');
    for (const field of ['inherent_likelihood', 'inherent_impact']) await page.fill(`[name=${field}]`, '5');
    await page.fill('[name=residual_likelihood]', '4');
    await page.click('main form .form-foot button[type=submit], main form button.btn-primary[type=submit]');
    await page.waitForURL((address) => address.pathname === '/r/risk/R-024');
    await page.goto(url + '/acceptances');
    expect((await in_main(page)).includes('the score rose from 12 to 16'), 'it did not fall');
    await page.goto(url + '/treatment/risks/R-024');
    expect((await in_main(page)).includes('Residual score: 12 → 16'), await in_main(page));
  });
  await check('the plan is a document', async () => {
    await page.goto(url + '/treatment/plans/RTP-2/document');
    expect((await page.textContent('.paper')).includes('Approvals of the risk owners'), 'no document');
    await send(page, 'form[action$="/issue"] button');
    expect(/\/issued\/\d+$/.test(page.url()), page.url());
  });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/treatment', '/treatment/risks/R-024', '/acceptances', '/acceptances/new?risk=R-024', '/touched']) {
    await page.goto(url + path);
    await fits(page, path);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await owner.context().close();
}

async function proposals(page) {
  await check('a new supplier touches rows and risks', async () => {
    await page.goto(url + '/r/supplier/new');
    await page.fill('[name=name]', 'Payroll bureau');
    await page.fill('[name=service]', 'Payroll');
    await page.selectOption('[name=tier]', 'important');
    await page.selectOption('[name=processes_personal_data]', 'true');
    await page.selectOption('[name=in_scope]', 'true');
    await page.click('main form button.btn-primary[type=submit]');
    await page.waitForURL((address) => /^\/r\/supplier\/SUP/.test(address.pathname));
    expect((await page.textContent('#touches, [aria-labelledby=touches]')).includes('Row 5.19'), 'the record does not tell');
  });
  await page.goto(url + '/touched');
  await shot(page, 'touched');
  await accessible(page, 'proposals');
  await check('a proposal is declined with a reason, which is kept', async () => {
    await page.goto(url + '/touched?register=supplier&target=soa_entry');
    const item = page.locator('.bench-item', { hasText: 'Row 5.34' }).first();
    await item.locator('summary').click();
    await item.locator('input[name=reason]').fill('The row covers all processors.');
    await Promise.all([page.waitForNavigation(), item.locator('form[action="/touched/decline"] button').click()]);
    expect((await in_main(page)).includes('The row covers all processors.'), 'the reason is not kept');
  });
  await check('the home page counts what waits', async () => {
    await page.goto(url + '/');
    expect((await in_main(page)).includes('Touched by changes'), 'no count');
  });
}

module.exports = { plan_and_acceptance, proposals };
