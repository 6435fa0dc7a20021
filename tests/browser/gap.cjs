// A gap analysis on the first day: started in an empty workspace, some questions answered, proposals taken over, the roadmap and
// the report looked at.
const { account, check, expect, open, send, shot, accessible, fits } = require('./harness.cjs');
const { sign_in } = require('./people.cjs');

async function pdf_of(page, address) {
  for (let i = 0; i < 60; i++) {
    const answer = await page.evaluate(async (url) => {
      const response = await fetch(url);
      return [response.status, response.headers.get('Content-Type'), (await response.arrayBuffer()).byteLength];
    }, address);
    if (answer[1].startsWith('application/pdf')) return answer[2];
    expect(answer[0] === 202, `${address}: ${answer.join(' ')}`);
    await page.waitForTimeout(500);
  }
  throw new Error('the PDF never came');
}

async function first_analysis(browser, problems, address) {
  const page = await open(browser, problems);
  let analysis = '';
  await check('an empty list of gap analyses teaches and starts one', async () => {
    await sign_in(page, address, account.email, account.password);
    await page.goto(address + '/gap');
    expect((await page.textContent('main')).includes('123 questions'), 'nothing is taught');
    await accessible(page, 'the empty list of gap analyses');
    await send(page, '#start button[type=submit]');
    analysis = page.url();
    expect(/\/gap\/[^/]+$/.test(analysis), analysis);
    await shot(page, 'gap-start');
    await accessible(page, 'a fresh gap analysis');
  });
  await check('a question is answered from the keyboard, with guidance and facts beside it', async () => {
    await page.keyboard.press('n');
    await page.waitForURL('**/questions/4.1');
    const text = await page.textContent('main');
    expect(text.includes('What is asked'), 'no guidance');
    expect(text.includes('What the data says'), 'no facts');
    await page.keyboard.press('3');
    expect(await page.isChecked('[value=absent]'), 'the key chose nothing');
    await page.fill('[name=rationale]', 'No issue was ever written down.');
    await page.fill('[name=action]', 'Hold a workshop on the context');
    await shot(page, 'gap-question', { fullPage: true });
    await accessible(page, 'a question of a gap analysis');
    await send(page, 'button:has-text("Save, next unanswered")');
    expect(page.url().endsWith('/questions/4.2'), page.url());
  });
  await check('a mistake is told at its field and nothing typed is lost', async () => {
    await page.click('text=Partly met');
    await page.fill('[name=rationale]', 'Customers are known, authorities are not.');
    await page.fill('[name=waits_for]', '4.1, 9.9');
    await send(page, '.form-foot button:has-text("Save") >> nth=0');
    expect((await page.textContent('#f-depends_on-problem')).includes('6.1.2'), 'no message at the field');
    expect(await page.inputValue('[name=rationale]') === 'Customers are known, authorities are not.', 'the text is gone');
    expect(await page.isChecked('[value=partial]'), 'the result is gone');
    await page.fill('[name=waits_for]', '4.1');
    await send(page, '.form-foot button:has-text("Save") >> nth=0');
    expect(await page.inputValue('[name=waits_for]') === '4.1', 'not stored');
  });
  await check('proposals are shown with reasons and taken over when asked', async () => {
    await page.goto(analysis + '/proposals');
    await shot(page, 'gap-proposals');
    await accessible(page, 'proposals of a gap analysis');
    const count = await page.locator('main form tbody tr').count();
    expect(count > 5, `${count} proposals`);
    await send(page, 'button:has-text("Take over all proposals")');
    expect((await page.textContent('main')).includes('No proposal waits'), 'still waiting');
    await page.goto(analysis + '/questions/4.1');
    expect(await page.inputValue('[name=rationale]') === 'No issue was ever written down.', 'an answer was overwritten');
  });
  await check('the roadmap orders the gaps and gives them dates', async () => {
    await page.goto(analysis + '/roadmap');
    expect(await page.locator('svg.gantt').count() === 1, 'no picture');
    const rows = await page.locator('#steps tbody tr').count();
    expect(rows > 5, `${rows} steps`);
    const keys = await page.$$eval('#steps tbody th a', (links) => links.map((a) => a.textContent));
    const place = (key) => keys.findIndex((text) => text.startsWith(key + ' '));
    expect(place('4.1') >= 0 && place('4.1') < place('4.2'), keys.join(' '));
    await page.fill('[name=persons_available]', '2');
    await send(page, '#capacity button[type=submit]');
    expect((await page.textContent('main')).includes('2 persons with'), 'not planned anew');
    await send(page, 'button:has-text("Write ranks and dates")');
    await shot(page, 'gap-roadmap', { fullPage: true });
    await accessible(page, 'the roadmap');
  });
  await check('the estimate shows its formulas and is adopted', async () => {
    await page.goto(analysis + '/estimate');
    expect((await page.textContent('main')).includes('√persons'), 'no formula');
    await shot(page, 'gap-estimate', { fullPage: true });
    await accessible(page, 'the estimate');
    await send(page, '#adopted button[type=submit]');
    expect((await page.textContent('#adopted')).includes('What you adopted'), 'not adopted');
  });
  for (const [part, name] of [['', 'the overview'], ['/matrix', 'the matrix'], ['/gaps', 'the gap register'], ['/questions', 'the questions'], ['/compare', 'the comparison'], ['/report', 'the report']]) {
    await check(`${name} comes`, () => page.goto(analysis + part));
    await accessible(page, `${name} of a gap analysis`);
    await shot(page, `gap${part.replace('/', '-')}`, { fullPage: true });
  }
  await check('the report is a PDF and a workbook, and is issued for good', async () => {
    expect(await pdf_of(page, analysis + '/report/pdf') > 20000, 'a small PDF');
    const book = await page.evaluate(async (url) => { const r = await fetch(url); return [r.status, (await r.arrayBuffer()).byteLength]; }, analysis + '/workbook');
    expect(book[0] === 200 && book[1] > 8000, book.join(' '));
    await page.goto(analysis + '/report');
    await page.click('button:has-text("Issue")');
    await send(page, 'dialog button[type=submit]');
    expect(/\/issued\/\d+$/.test(page.url()), page.url());
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const part of ['', '/questions', '/questions/4.1', '/proposals', '/matrix', '/gaps', '/roadmap', '/estimate', '/report']) {
    await check(`${part || 'the overview'} comes on a phone`, () => page.goto(analysis + part));
    await fits(page, `the gap analysis${part} on a phone`);
    await accessible(page, `the gap analysis${part} on a dark phone`);
    await shot(page, `gap-phone${part.replace(/\//g, '-')}`);
  }
  await page.context().close();
}

module.exports = { first_analysis };
