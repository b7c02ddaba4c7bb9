const list = document.querySelector('#mails');

async function look() {
  const open = new Set([...list.querySelectorAll('details[open]')].map((mail) => mail.id));
  const mails = await (await fetch('/dev/mail.json')).json();
  document.querySelector('#empty').hidden = mails.length > 0;
  list.replaceChildren(...mails.map((mail) => shown(mail, open.has(mail.id))));
}

function shown(mail, open) {
  const subject = make('strong', mail.subject);
  const about = make('span', `to ${mail.recipient}, ${new Date(mail.createdAt).toLocaleString()}`);
  about.className = 'soft';
  const summary = make('summary');
  summary.append(subject, about);
  const details = make('details');
  Object.assign(details, { id: mail.id, className: 'card', open });
  details.append(summary, ...mail.text.split('\n\n').map((part) => paragraph(part, mail.link)));
  return details;
}

function paragraph(text, link) {
  if (text !== link) return make('p', text);
  const anchor = make('a', link);
  // The address may be another one's than the page's (a proxy, a name): the path is what counts here.
  const { pathname, search } = new URL(link);
  anchor.href = pathname + search;
  const wrapper = make('p');
  wrapper.append(anchor);
  return wrapper;
}

function make(name, text = '') {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

document.querySelector('#again').addEventListener('click', look);
look();
