// A rule of one's own: written with a mistake, mended where the editor says, tried out, put into force by a second person, and
// found again among the findings. A parameter proposed and weighed.
const { url, check, expect, open, signIn, send, shot, accessible, fits } = require('./harness.cjs');

const text = (select) => `-- id: ORG-1
-- title: Every risk is looked at
-- ref: 8.2
-- stages: internal stage2 surveillance
-- class: observation
-- subject: risk
-- why: What nobody looks at grows.
-- fix: Look at it.
${select}
`;
const wrong = "select 'risk' as kind, r.id as subject,\n       'Risk ' || r.titel || ' is here.' as detail\nfrom risk r";
const preview = (page, words) => page.waitForFunction((wanted) => document.querySelector('#rule-preview').textContent.includes(wanted), words);

// Somebody with an account of these roles, signed in with a window of their own.
async function colleague(page, browser, problems, email, roles) {
  await page.goto(url + '/accounts/new');
  await page.fill('#email', email);
  await page.fill('#name', 'Ines Duarte');
  for (const role of roles) await page.check(`input[name=role][value=${role}]`);
  await send(page, 'main .card-footer button[type=submit]');
  const first = (await page.textContent('code.user-select-all')).trim();
  const other = await open(browser, problems);
  await signIn(other, { email, password: first });
  await other.fill('#current', first);
  for (const field of ['#password', '#again']) await other.fill(field, 'nine calm otters by the weir');
  await send(other, 'main button[type=submit]');
  return other;
}

async function own_rules(page, browser, problems) {
  await check('a mistake is told at its line while the rule is written', async () => {
    await page.goto(url + '/rules/own');
    await send(page, 'main a:has-text("New rule")');
    await page.fill('#rule-text', text(wrong));
    await preview(page, 'Line 10');
    expect(await page.locator('.code-lines .is-wrong').textContent() === '10', 'the line is not marked');
  });
  await shot(page, 'own-rule-mistake');
  await accessible(page, 'the editor of own rules');
  await check('a register is found, and a field is put in by a click', async () => {
    await page.fill('#schema-search', 'residual_score');
    await page.waitForFunction(() => document.querySelectorAll('[data-schema-table][open]').length > 0);
    await page.evaluate(() => { const area = document.querySelector('#rule-text'); area.setSelectionRange(area.value.length, area.value.length); });
    await page.click('[data-schema-table][open] li:not([hidden]) [data-insert=residual_score] >> nth=0');
    expect((await page.inputValue('#rule-text')).endsWith('residual_score'), 'not put in');
  });
  await check('the tab key indents, and leaves after Escape', async () => {
    await page.focus('#rule-text');
    await page.keyboard.press('Tab');
    expect((await page.inputValue('#rule-text')).endsWith('  '), 'not indented');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement.id !== 'rule-text'), 'the field holds the keyboard');
  });
  await check('mended, it says what it would find, and is saved as a draft', async () => {
    await page.fill('#rule-text', text(wrong.replace('titel', 'title')));
    await preview(page, 'findings today');
    await shot(page, 'own-rule-preview');
    await send(page, 'main .card-footer button:has-text("Save the draft")');
    expect(page.url().endsWith('/rules/own/ORG-1'), page.url());
    expect(await page.locator('button:has-text("Approve")').count() === 0, 'the author is offered to approve');
  });
  await check('a second person puts it into force, and its findings are there', async () => {
    const other = await colleague(page, browser, problems, 'ines@example.org', ['internal_auditor']);
    await other.goto(url + '/rules/own/ORG-1');
    await shot(other, 'own-rule-draft');
    await accessible(other, 'an own rule');
    await send(other, 'button:has-text("Approve and put into force")');
    await other.goto(url + '/findings/rule/ORG-1');
    expect(await other.locator('.finding').count() > 5, await other.locator('main').textContent());
    await other.goto(url + '/findings?rule=ORG-1');
    expect((await other.content()).includes('ORG-1'), 'not among the findings');
    await other.context().close();
  });
  await check('retired with a reason, its findings are gone', async () => {
    await page.goto(url + '/rules/own/ORG-1');
    await page.click('button:has-text("Retire")');
    await page.fill('#ask-reason', 'Only a test.');
    await send(page, 'dialog button[type=submit]');
    await page.goto(url + '/findings?rule=ORG-1');
    expect(await page.locator('.finding').count() === 0, 'still there');
  });
  await check('a value is weighed before it is proposed', async () => {
    await page.goto(url + '/rules/parameters/objective_monitor_days');
    await page.fill('#f-value', '1');
    await send(page, 'button:has-text("Show what would change")');
    expect((await page.textContent('#change')).includes('Would open'), await page.textContent('#change'));
  });
  await shot(page, 'parameter');
  await accessible(page, 'a parameter');
  for (const [name, address] of [['own-rules', '/rules/own'], ['own-rule-new', '/rules/own/new'], ['parameters', '/rules/parameters']]) {
    await page.goto(url + address);
    await accessible(page, name);
    await page.setViewportSize({ width: 390, height: 844 });
    await fits(page, `${name} on a phone`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
}

module.exports = { own_rules };
