// What the checks in a browser share: counting, screenshots, accessibility, and how a page is laid out.
const { chromium } = require('playwright-core');
const axe = require('fs').readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const url = process.env.URL;
const shots = process.env.SHOTS;
const account = { email: 'admin@example.org', password: 'correct horse battery staple' };
let passed = 0;
let failed = 0;

async function check(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${String(error.message).split('\n').slice(0, 6).join(' | ')}`);
  }
}
function expect(condition, message) {
  if (!condition) throw new Error(message);
}
function result() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
// A page of its own window, whose script errors and outside requests land in `problems`.
async function open(browser, problems, options) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);  // a page takes milliseconds; a busy machine may not
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) => { if (new URL(request.url()).hostname !== '127.0.0.1') problems.push('outside request ' + request.url()); });
  return page;
}
async function signIn(page, who) {
  await page.goto(url + '/sign-in');
  await page.fill('input[name=email]', who.email);
  await page.fill('input[name=password]', who.password);
  await page.click('form button[type=submit]');
  await page.waitForLoadState();
}
// A visit that no other check makes: a page that does not come fails here and leaves the rest to go on.
async function visit(page, address) {
  await check(`${address} comes`, () => page.goto(address));
}
async function send(page, selector) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'domcontentloaded' }), page.click(selector)]);
}

async function shot(page, name, options) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, ...options });
}
async function accessible(page, name) {
  await check(`${name} has no accessibility violations`, async () => {
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
    const text = found.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`).join('; ');
    expect(found.violations.length === 0, text);
  });
}
async function fits(page, name) {
  await check(`${name} is not wider than the window`, async () => {
    const [width, window_width, widest] = await page.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      const over = Array.from(document.querySelectorAll('main *')).find((e) => e.getBoundingClientRect().right > limit + 1);
      return [document.documentElement.scrollWidth, limit, over ? over.outerHTML.slice(0, 120) : ''];
    });
    expect(width <= window_width, `${width} px in ${window_width} px: ${widest}`);
  });
}
// Boxes that share a pixel. `selector` must not name an element and something inside it.
async function apart(page, selector, name) {
  await check(`${name} do not overlap`, async () => {
    const clash = await page.evaluate((what) => {
      const boxes = Array.from(document.querySelectorAll(what)).map((e) => ({ text: e.textContent.trim(), box: e.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.height > 0);
      if (boxes.length === 0) return 'nothing found';
      for (const [i, a] of boxes.entries()) {
        for (const b of boxes.slice(i + 1)) {
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          if (across > 0.5 && down > 0.5) return `"${a.text}" and "${b.text}" by ${across.toFixed(1)} x ${down.toFixed(1)} px`;
        }
      }
      return '';
    }, selector);
    expect(!clash, clash);
  });
}

module.exports = { url, shots, account, check, expect, result, launch, open, signIn, visit, send, shot, accessible, fits, apart };
