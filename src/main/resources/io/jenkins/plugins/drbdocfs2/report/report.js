// Updates the page of a report in place while its build runs: unfolded parts stay unfolded, and the focus is kept. It polls
// for updates, less and less often while nothing changes, and stops at the end of the build.
(() => {
  const MIN_WAIT = 1500;
  const MAX_WAIT = 15000;
  const MAX_WAIT_OFFLINE = 60000;

  let holder;
  let status;
  let at;
  let wait = MIN_WAIT;
  let lostSince = null;
  let timer = 0;
  let polling = false;
  let changed = false;

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  const parse = (html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    return template.content.firstElementChild;
  };

  // attributes that the reader changes
  const isReaderState = (name) => name === 'open' || name === 'checked';

  const morphText = (old, text) => {
    if (old.data === text) return;
    changed = changed || !old.parentElement.closest('.dr-time'); // passing time is no change
    old.data = text;
  };

  const morphElement = (old, next) => {
    [...old.attributes].forEach(({ name }) => {
      if (!isReaderState(name) && !next.hasAttribute(name)) old.removeAttribute(name);
    });
    [...next.attributes].forEach(({ name, value }) => {
      if (isReaderState(name) || old.getAttribute(name) === value) return;
      changed = true;
      old.setAttribute(name, value);
    });
    const before = [...old.childNodes];
    const after = [...next.childNodes];
    changed = changed || before.length !== after.length;
    after.forEach((child, i) => (i < before.length ? morph(before[i], child) : old.append(child)));
    before.slice(after.length).forEach((child) => child.remove());
  };

  // Makes a node equal to another; only differences are changed.
  const morph = (old, next) => {
    if (old.nodeName !== next.nodeName) {
      changed = true;
      old.replaceWith(next);
    } else if (old.nodeType === Node.TEXT_NODE) {
      morphText(old, next.data);
    } else {
      morphElement(old, next);
    }
  };

  const number = (step) => Number(step.id.replace('drbd-step-', ''));

  const put = (id, html) => {
    const next = parse(html);
    const old = document.getElementById(id);
    if (old) {
      morph(old, next);
      return;
    }
    changed = true;
    const list = holder.querySelector('.dr-list');
    const later = [...list.children].find((step) => step.id && number(step) > number(next));
    list.insertBefore(next, later || null);
  };

  const show = (update) => {
    changed = false;
    morph(holder.querySelector('.dr-summary'), parse(update.summary));
    morph(holder.querySelector('.dr-cluster'), parse(update.cluster));
    morph(holder.querySelector('.dr-filters'), parse(update.filter));
    Object.entries(update.steps).forEach(([id, html]) => put(id, html));
    showAges();
  };

  const fetchUpdate = async () => {
    const answer = await fetch(`${holder.dataset.url}?at=${encodeURIComponent(at)}`, { cache: 'no-store' });
    const type = answer.headers.get('Content-Type') || '';
    // such as a login page
    if (!answer.ok || !type.startsWith('application/json')) throw new Error(`no update, status ${answer.status}`);
    return answer.json();
  };

  const later = (millis) => {
    clearTimeout(timer);
    timer = setTimeout(poll, millis);
  };

  const poll = async () => {
    if (polling || document.hidden) return;
    polling = true;
    try {
      const update = await fetchUpdate();
      show(update);
      at = update.at;
      lostSince = null;
      if (!update.live && !update.more) {
        holder.dataset.live = 'false';
        say('The build has ended.');
        return;
      }
      say('');
      wait = changed ? MIN_WAIT : Math.min(MAX_WAIT, wait * 1.5);
      later(update.more ? 0 : wait);
    } catch (problem) {
      lostSince = lostSince || new Date();
      say(`Jenkins has not answered since ${lostSince.toLocaleTimeString()}, so this page may be outdated. Retrying.`);
      wait = Math.min(MAX_WAIT_OFFLINE, wait * 2);
      later(wait);
    } finally {
      polling = false;
    }
  };

  // "3 hours ago" after each time
  const showAges = () => {
    const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
    document.querySelectorAll('.drbd-report .dr-age').forEach((time) => {
      const minutes = Math.round((new Date(time.dateTime) - Date.now()) / 60000);
      const [amount, unit] = Math.abs(minutes) < 60 ? [minutes, 'minute']
        : Math.abs(minutes) < 2880 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
      time.dataset.ago = minutes > -1 ? 'just now' : words.format(amount, unit);
    });
  };

  const copySelected = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    document.execCommand('copy');
    selection.removeAllRanges();
  };

  // The text of a command, or of the output below the label of the button
  const copy = async ({ target }) => {
    if (!(target instanceof Element) || !target.matches('.drbd-report .dr-copy')) return;
    const label = target.closest('.dr-label');
    const text = label ? label.nextElementSibling : target.closest('.dr-command').querySelector('.dr-line');
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch (problem) {
      copySelected(text); // Jenkins without TLS has no clipboard
    }
    target.textContent = 'Copied';
    setTimeout(() => { target.textContent = 'Copy'; }, 2000);
  };

  const start = () => {
    document.querySelectorAll('.drbd-report').forEach((each) => each.classList.add('dr-scripted'));
    document.addEventListener('click', copy);
    showAges();
    setInterval(showAges, 30000);
    holder = document.getElementById('drbd-live');
    if (!holder || holder.dataset.live !== 'true') return;
    status = holder.querySelector('[role="status"]');
    at = holder.dataset.at;
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && holder.dataset.live === 'true') later(0);
    });
    later(MIN_WAIT);
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
