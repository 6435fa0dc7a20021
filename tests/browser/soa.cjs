// The Statement of Applicability: a next version is begun, a line is decided with the records speaking up, lines change together,
// and top management signs what is then issued as a PDF.
const { url, check, expect, send, shot, accessible, fits } = require('./harness.cjs');
const { chosen, colleague } = require('./people.cjs');

async function statement(page, browser, problems) {
  await check('the workbench shows every line with its filters in the address', async () => {
    await page.goto(url + '/soa');
    expect(await page.locator('.soa-table tbody tr').count() === 95, 'not 95 lines');
    await page.click('.chip:has-text("Physical")');
    await page.waitForFunction(() => location.search.includes('theme=physical'));
    expect(await page.locator('.soa-table tbody tr').count() === 14, 'not 14 physical lines');
  });
  await page.goto(url + '/soa');
  await shot(page, 'soa-bench');
  await accessible(page, 'the statement of applicability');
  await check('a next version begins with the lines of the last', async () => {
    await send(page, 'main button:has-text("New version")');
    expect((await page.textContent('main')).includes('Version 3'), 'no version 3');
    expect(await page.locator('.soa-table tbody tr').count() === 95, 'not 95 lines');
  });
  await check('the records speak up while an exclusion is chosen', async () => {
    await send(page, '.soa-table a:has-text("5.23 ")');
    await page.selectOption('#f-applicability', 'excluded');
    await page.waitForFunction(() => document.querySelector('#soa-facts').textContent.includes('contradict this exclusion'));
    expect((await page.textContent('#soa-facts')).includes('cloud services in scope'), await page.textContent('#soa-facts'));
  });
  await shot(page, 'soa-line', { fullPage: true });
  await accessible(page, 'a line of the statement');
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, 'a line of the statement on a phone');
  await shot(page, 'soa-line-phone');
  await page.evaluate(() => document.querySelectorAll('form[data-dirty]').forEach((form) => { form.assayDirty = false; }));
  await page.goto(url + '/soa');
  await fits(page, 'the statement on a phone');
  await shot(page, 'soa-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await check('j, k and Enter walk through the lines', async () => {
    await page.goto(url + '/soa');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect((await page.textContent('tr.is-current')).trim().startsWith('5.1 '), await page.textContent('tr.is-current'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/soa\/line\//);
  });
  await check('what the records hold against the example is mended', async () => {
    await page.goto(url + '/soa?wrong=true');
    expect(await page.locator('.soa-table tbody tr').count() === 3, 'not three lines');
    await shot(page, 'soa-wrong');
    for (const ref of ['5.9', '8.34']) await page.check(`[aria-label="Select ${ref}"]`);
    await page.click('#soa-lines summary:has-text("Grounds")');
    await page.check('#soa-lines input[value=business]');
    await send(page, '#soa-lines button:has-text("Set the grounds")');
    expect(page.url().includes('wrong=true'), page.url());
    await send(page, '.soa-table a:has-text("8.30 ")');
    await page.selectOption('#f-applicability', 'applicable');
    await page.check('#soa-line input[name=inclusion_reasons][value=business]');
    await page.fill('#f-inclusion_justification', 'Pump drivers are developed on order.');
    await send(page, '#soa-line button[value=next]');
    expect(/8\.31/.test(await page.textContent('h1')), await page.textContent('h1'));
  });
  await check('all lines are declared as shown and reviewed together', async () => {
    for (const deed of ['Declare as shown', 'Reviewed today']) {
      await page.goto(url + '/soa');
      await page.check('[data-select-all]');
      await send(page, `#soa-lines button:has-text("${deed}")`);
    }
    expect((await page.textContent('main')).includes('Review due 0'), 'still due');
    expect((await page.textContent('main')).includes('Nothing stands against issuing'), await page.textContent('main .card >> nth=0'));
  });
  await check('it is submitted, signed by top management, issued, and there as a PDF', async () => {
    await send(page, 'main a:has-text("Submit for approval")');
    await send(page, 'main .card-footer button.btn-primary');
    const other = await colleague(page, browser, problems, url, { email: 'director@example.org', name: 'Dora Director', person: 'P-001', roles: ['top_management'] });
    await other.goto(url + '/soa');
    await send(other, 'main a:has-text("Approve and issue")');
    await accessible(other, 'the approval of the statement');
    await other.fill('input[name=_password]', 'wrong');
    await send(other, 'main button:has-text("Approve and issue")');
    expect(await other.locator('.is-invalid[name=_password]').count() === 1, 'the wrong password is not told at its field');
    await other.fill('input[name=_password]', chosen);
    await shot(other, 'soa-approve');
    await send(other, 'main button:has-text("Approve and issue")');
    expect(/\/issued\/\d+$/.test(other.url()), other.url());
    expect((await other.textContent('main')).includes('hash and document agree'), 'not intact');
    await shot(other, 'soa-issued');
    const bytes = await other.evaluate(async (address) => {
      for (let i = 0; i < 120; i++) {
        const answer = await fetch(address);
        if (answer.headers.get('Content-Type') === 'application/pdf') return (await answer.arrayBuffer()).byteLength;
        await new Promise((later) => setTimeout(later, 500));
      }
      return 0;
    }, other.url() + '/pdf');
    expect(bytes > 20000, `${bytes} bytes`);
    await other.context().close();
  });
  await check('the files of the statement come', async () => {
    const types = await page.evaluate(async () => {
      const id = (await (await fetch('/api/v1/statement_of_applicability?sort=-version&limit=1')).json()).items[0].id;
      return Promise.all(['xlsx', 'oscal', 'json'].map(async (format) => (await fetch(`/soa/version/${id}/${format}`)).headers.get('Content-Type')));
    });
    expect(types[0].includes('spreadsheetml') && types[1].includes('json') && types[2].includes('json'), types.join(' '));
  });
}

module.exports = { statement };
