// Quantitative risk: a risk estimated with the picture beside it, the portfolio against the tolerance, the report.
const { url, check, expect, open, send, shot, accessible } = require('./harness.cjs');

async function loss(page, browser, problems, state) {
  await check('the menu leads to the portfolio, and its figures stand', async () => {
    await page.goto(url + '/risks/loss');
    expect(await page.locator('.nav-bench.active').textContent() === 'Quantitative risk', 'not current in the menu');
    expect(await page.locator('#curve svg.chart').count() === 1, 'no curve');
    for (const part of ['tolerance', 'levels', 'risks', 'return', 'sensitivity', 'convergence']) expect(await page.locator(`#${part} tbody tr`).count() > 0, part);
  });
  await shot(page, 'loss-portfolio', { fullPage: true });
  await accessible(page, 'quantitative risk');
  await check('another seed is asked for, and what is out of bounds is told at its field', async () => {
    const before = await page.locator('#levels').textContent();
    await page.fill('#f-seed', '7');
    await send(page, '#simulate button[type=submit]');
    expect(await page.locator('#levels').textContent() !== before, 'the same figures');
    await page.goto(url + '/risks/loss?years=5');
    expect((await page.locator('#f-years-problem').textContent()).includes('10000 to 1000000'), 'no word at the field');
  });
  await check('a risk that is not estimated is estimated, with the picture while it is typed', async () => {
    await page.goto(url + '/risks/loss');
    await send(page, '#unestimated a.btn >> nth=0');
    await page.fill('#f-frequency_low', '0.1');
    await page.fill('#f-frequency_likely', '0.3');
    await page.fill('#f-frequency_high', '1');
    await page.fill('#f-loss_low', '5000');
    expect(!await page.isVisible('#f-loss_likely'), 'asks for a figure that is not used');
    await page.fill('#f-loss_high', '90000');
    await page.waitForFunction(() => document.querySelector('#loss-picture svg'));
  });
  await shot(page, 'loss-entry', { fullPage: true });
  await accessible(page, 'the form of an estimate');
  await check('a range without width is refused at its field', async () => {
    await page.fill('#f-rationale', 'Two events in six years.');
    await page.fill('#f-loss_high', '5000');
    await send(page, '.loss-form button[type=submit] >> nth=0');
    expect((await page.locator('#f-loss_high-problem').textContent()).includes('above the low end'), 'no word at the field');
    expect(await page.inputValue('#f-rationale') === 'Two events in six years.', 'what was typed is lost');
  });
  await check('mended, it is saved, and the plan is estimated from it', async () => {
    await page.fill('#f-loss_high', '90000');
    await send(page, '.loss-form button[type=submit] >> nth=0');
    expect(page.url().includes('/risks/loss/risk/'), page.url());
    await send(page, 'main a:has-text("Estimate with the plan")');
    expect(await page.inputValue('#f-frequency_high') === '1', 'does not begin from today');
    await page.fill('#f-frequency_high', '0.4');
    await page.fill('#f-yearly_cost', '2000');
    await page.fill('#f-rationale', 'Half of the causes are gone.');
    await send(page, '.loss-form button[type=submit] >> nth=0');
    expect((await page.locator('#return tbody tr').textContent()).includes('%'), 'no return on control');
  });
  await shot(page, 'loss-risk', { fullPage: true });
  await accessible(page, 'one risk in figures');
  await check('the report is issued with the figures of its seed', async () => {
    await page.goto(url + '/risks/loss/report?seed=7');
    await shot(page, 'loss-report', { fullPage: true });
    expect((await page.locator('.paper .facts td >> nth=0').boundingBox()).width > 200, 'the facts stand in a sliver');
    await send(page, 'main button:has-text("Issue")');
    expect(/\/issued\/\d+$/.test(page.url()), page.url());
    const frame = await (await page.waitForSelector('iframe.issued-document')).contentFrame();
    await frame.waitForSelector('h1');
    expect((await frame.content()).includes('seed 7'), 'the seed is not in it');
  });
  await page.goto(url + '/risks/loss/report');
  await accessible(page, 'the report of losses');
  await check('the PDF of the draft is made', async () => {
    const got = await page.evaluate(async () => {
      for (let i = 0; i < 120; i++) {
        const answer = await fetch('/risks/loss/report/pdf?years=100000&seed=1&correlation=0');
        if (answer.headers.get('Content-Type') === 'application/pdf' || answer.status >= 400) return `${answer.status} ${(await answer.text()).slice(0, 5)}`;
        await new Promise((later) => setTimeout(later, 500));
      }
      return 'never';
    });
    expect(got === '200 %PDF-', got);
  });
  await check('the workbook comes', async () => {
    const bytes = await page.evaluate(() => fetch('/risks/loss/report.xlsx').then((r) => r.arrayBuffer()).then((b) => b.byteLength));
    expect(bytes > 5000, `${bytes} bytes`);
  });
  const phone = await open(browser, problems, { viewport: { width: 390, height: 844 }, storageState: state, colorScheme: 'dark' });
  await check('on a phone in the dark nothing is wider than the window', async () => {
    for (const path of ['/risks/loss', '/risks/loss/risk/R-002', '/risks/loss/risk/R-002/planned', '/risks/loss/report']) {
      await phone.goto(url + path);
      expect(await phone.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), path);
    }
  });
  await phone.goto(url + '/risks/loss');
  await shot(phone, 'loss-phone-dark', { fullPage: true });
  await accessible(phone, 'quantitative risk on a phone in the dark');
  await phone.context().close();
}

module.exports = { loss };
