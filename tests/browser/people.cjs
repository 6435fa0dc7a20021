// People of a workspace and what they enter, for stories that begin with nothing.
const { expect, open, send } = require('./harness.cjs');

const chosen = 'nine calm otters by the weir';

async function sign_in(page, address, email, password) {
  await page.goto(address + '/sign-in');
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await send(page, 'form button[type=submit]');
}

// A record by the form of its register; gives its id.
async function record(page, address, register, values) {
  await page.goto(`${address}/r/${register}/new`);
  const where = await page.evaluate(async ([action, fields]) => {
    const body = new URLSearchParams(fields);
    body.append('csrf', document.querySelector('main input[name=csrf]').value);
    const response = await fetch(action, { method: 'POST', body });
    return response.url + (response.ok ? '' : ` ${response.status} ${(await response.text()).match(/<li>.*?<\/li>/s)?.[0]}`);
  }, [`${address}/r/${register}`, Object.entries(values)]);
  const id = decodeURIComponent(where.split('/').pop());
  expect(new RegExp(`/r/${register}/[^/ ]+$`).test(where), `${register}: ${where}`);
  return id;
}

// Somebody with an account of these roles and the person behind it, signed in with a window of their own. Their password is
// `chosen` from then on.
async function colleague(page, browser, problems, address, { email, name, person, roles }) {
  await page.goto(address + '/accounts/new');
  await page.fill('#email', email);
  await page.fill('#name', name);
  for (const role of roles) await page.check(`input[name=role][value=${role}]`);
  await page.fill('#f-person', person);
  await page.keyboard.press('Escape');
  await send(page, 'main .card-footer button[type=submit]');
  const first = (await page.textContent('code.user-select-all')).trim();
  const other = await open(browser, problems);
  await sign_in(other, address, email, first);
  await other.fill('#current', first);
  for (const field of ['#password', '#again']) await other.fill(field, chosen);
  await send(other, 'main button[type=submit]');
  return other;
}

// Chooses a record in a picker by its id.
async function pick(page, selector, id) {
  await page.fill(selector, id);
  await page.click(`${selector}-list [role=option]:has-text("${id}")`);
}

module.exports = { chosen, sign_in, record, colleague, pick };
