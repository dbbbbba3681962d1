// Keeps the page of a report up to date while its build runs, in place: what was unfolded stays so, and the focus where
// it is. It asks what is new, less and less often while there is nothing, and ends with the build.
(() => {
  const FIRST = 1500;
  const LONGEST = 15000;
  const LONGEST_WITHOUT_CONTACT = 60000;

  let holder;
  let status;
  let at;
  let wait = FIRST;
  let lostSince = null;
  let timer = 0;
  let asking = false;
  let changed = false;

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  const parse = (html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    return template.content.firstElementChild;
  };

  // what the reader has set
  const kept = (name) => name === 'open' || name === 'checked';

  const becomeText = (old, text) => {
    if (old.data === text) return;
    changed = changed || !old.parentElement.closest('.dr-time'); // that time passes is no news
    old.data = text;
  };

  const becomeElement = (old, next) => {
    [...old.attributes].forEach(({ name }) => {
      if (!kept(name) && !next.hasAttribute(name)) old.removeAttribute(name);
    });
    [...next.attributes].forEach(({ name, value }) => {
      if (kept(name) || old.getAttribute(name) === value) return;
      changed = true;
      old.setAttribute(name, value);
    });
    const before = [...old.childNodes];
    const after = [...next.childNodes];
    changed = changed || before.length !== after.length;
    after.forEach((child, i) => (i < before.length ? become(before[i], child) : old.append(child)));
    before.slice(after.length).forEach((child) => child.remove());
  };

  // Makes a node like another, changing no more than differs.
  const become = (old, next) => {
    if (old.nodeName !== next.nodeName) {
      changed = true;
      old.replaceWith(next);
    } else if (old.nodeType === Node.TEXT_NODE) {
      becomeText(old, next.data);
    } else {
      becomeElement(old, next);
    }
  };

  const number = (step) => Number(step.id.replace('drbd-step-', ''));

  const put = (id, html) => {
    const next = parse(html);
    const old = document.getElementById(id);
    if (old) {
      become(old, next);
      return;
    }
    changed = true;
    const list = holder.querySelector('.dr-list');
    const later = [...list.children].find((step) => step.id && number(step) > number(next));
    list.insertBefore(next, later || null);
  };

  const show = (news) => {
    changed = false;
    become(holder.querySelector('.dr-summary'), parse(news.summary));
    become(holder.querySelector('.dr-cluster'), parse(news.cluster));
    become(holder.querySelector('.dr-filters'), parse(news.filter));
    Object.entries(news.steps).forEach(([id, html]) => put(id, html));
  };

  const fetchNews = async () => {
    const answer = await fetch(`${holder.dataset.url}?at=${encodeURIComponent(at)}`, { cache: 'no-store' });
    const type = answer.headers.get('Content-Type') || '';
    // a login page, say, is none
    if (!answer.ok || !type.startsWith('application/json')) throw new Error(`no news, status ${answer.status}`);
    return answer.json();
  };

  const later = (millis) => {
    clearTimeout(timer);
    timer = setTimeout(ask, millis);
  };

  const ask = async () => {
    if (asking || document.hidden) return;
    asking = true;
    try {
      const news = await fetchNews();
      show(news);
      at = news.at;
      lostSince = null;
      if (!news.live && !news.more) {
        holder.dataset.live = 'false';
        say('The build has ended.');
        return;
      }
      say('');
      wait = changed ? FIRST : Math.min(LONGEST, wait * 1.5);
      later(news.more ? 0 : wait);
    } catch (problem) {
      lostSince = lostSince || new Date();
      say(`No contact with Jenkins since ${lostSince.toLocaleTimeString()}, so this may be out of date. Trying again.`);
      wait = Math.min(LONGEST_WITHOUT_CONTACT, wait * 2);
      later(wait);
    } finally {
      asking = false;
    }
  };

  const start = () => {
    holder = document.getElementById('drbd-live');
    if (!holder || holder.dataset.live !== 'true') return;
    status = holder.querySelector('[role="status"]');
    at = holder.dataset.at;
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && holder.dataset.live === 'true') later(0);
    });
    later(FIRST);
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
