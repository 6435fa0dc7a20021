// The whole program in a browser: signs in, looks at every page in every form, and does what people do.
const { url, account, check, expect, result, launch, open, signIn, shot, accessible } = require('./harness.cjs');
const layout = require('./layout.cjs');
const deeds = require('./deeds.cjs');
const rules = require('./rules.cjs');
const gap = require('./gap.cjs');
const scope = require('./scope.cjs');
const { loss } = require('./loss.cjs');
const method = require('./method.cjs');
const treatment = require('./treatment.cjs');
const { register } = require('./register.cjs');
const soa = require('./soa.cjs');
const { story } = require('./story.cjs');

async function come_in(page) {
  await check('a stranger is asked to sign in', async () => {
    await page.goto(url + '/r/risk');
    expect(page.url().includes('/sign-in'), page.url());
  });
  await shot(page, 'sign-in');
  await accessible(page, 'sign-in');
  await check('a wrong password is refused', async () => {
    await signIn(page, { email: account.email, password: 'certainly wrong' });
    expect((await page.content()).match(/wrong|not right|does not/i), 'no message');
  });
  await check('signing in leads on', async () => {
    await signIn(page, account);
    expect(!page.url().includes('/sign-in'), page.url());
  });
}

async function every_register(page) {
  await check('every register opens', async () => {
    const registers = await page.evaluate(() => fetch('/api/v1/registers').then((r) => r.json()).then((j) => j.items.map((i) => i.name)));
    expect(registers.length === 93, `${registers.length} registers`);
    const wide = [];
    for (const register of registers) {
      const first = await page.evaluate((name) => fetch(`/api/v1/${name}?limit=1`).then((r) => r.json()).then((j) => j.items[0]?.id), register);
      const paths = [`/r/${register}`, `/r/${register}?view=board`];
      if (first) paths.push(`/r/${register}/${encodeURIComponent(first)}`);
      for (const path of paths) {
        const response = await page.goto(url + path);
        expect(response.status() === 200, `${path}: ${response.status()}`);
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) wide.push(path);
      }
    }
    expect(wide.length === 0, `wider than the window: ${wide.join(' ')}`);
  });
}

(async () => {
  const browser = await launch();
  const problems = [];
  const page = await open(browser, problems);
  await come_in(page);
  const state = await page.context().storageState();
  await layout.desk(page);
  await layout.dark(page);
  await layout.phone(browser, problems, state);
  await layout.stepper(page);
  await layout.lists(page);
  await layout.paper(page);
  await every_register(page);
  await deeds.list(page);
  await deeds.record(page);
  await deeds.custom_fields(page);
  await deeds.bulk(page);
  await deeds.live(page);
  await deeds.what_if(page);
  await rules.own_rules(page, browser, problems);
  await loss(page, browser, problems, state);
  await treatment.plan_and_acceptance(page, browser, problems);
  await treatment.proposals(page);
  await register(page, browser, problems, state);
  await soa.statement(page, browser, problems);
  await deeds.documents(page);
  await deeds.rehearsals(page, browser, problems);
  await deeds.keyboard(page);
  await deeds.errors(page);
  await deeds.employee(page, browser, problems);
  await scope.scope_pages(page);
  await deeds.first_day(browser, problems, process.env.EMPTY_URL);
  await gap.first_analysis(browser, problems, process.env.EMPTY_URL);
  await scope.scope(browser, problems, process.env.EMPTY_URL);
  await method.method_in_force(page, url);
  await method.risk_method(browser, problems, process.env.EMPTY_URL);
  await story(browser, problems, process.env.STORY_URL);
  await deeds.hostile(page);
  await check('no page had script errors or asked for anything outside', async () => {
    const refusals = /status of (401|403|404|422)/;  // asked for on purpose
    const real = problems.filter((text) => !refusals.test(text));
    expect(real.length === 0, real.slice(0, 4).join(' | '));
  });
  await browser.close();
  process.exit(result() ? 0 : 1);
})();
