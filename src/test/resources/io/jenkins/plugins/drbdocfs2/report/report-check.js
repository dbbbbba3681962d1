// Uses a report as a reader would, and gives what was found.
(() => {
  const found = {};
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;

  found.title = document.title;
  found.dark = matchMedia('(prefers-color-scheme: dark)').matches;
  found.picture = all('svg.dr-picture').filter(shown).length;

  found.outputsBefore = all('.dr-step pre.dr-output').filter(shown).length;
  all('details:not([open]) > summary').forEach((summary) => summary.click());
  found.folded = all('details:not([open])').length;
  found.outputs = all('.dr-step pre.dr-output').length;
  found.outputsAfter = all('.dr-step pre.dr-output').filter(shown).length;

  found.steps = all('.dr-step').filter(shown).length;
  const choice = document.getElementById('drbd-show-changed');
  if (choice) {
    choice.click();
    found.stepsFiltered = all('.dr-step').filter(shown).length;
    document.getElementById('drbd-show-all').click();
  }

  found.tooWide = document.documentElement.scrollWidth - document.documentElement.clientWidth;

  const parts = (colour) => {
    const numbers = colour.match(/[\d.]+(e-?\d+)?/g).map(Number);
    const scale = colour.startsWith('color(') ? 1 : 255;
    return { rgb: numbers.slice(0, 3).map((n) => n / scale), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const light = ({ rgb }) => {
    const [r, g, b] = rgb.map((n) => (n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element.closest('svg.dr-picture')) {
      const selector = element.matches('.dr-on-primary') ? '.dr-primary' : '.dr-box';
      return parts(getComputedStyle(document.querySelector(selector)).fill);
    }
    for (let e = element; e; e = e.parentElement) {
      const colour = parts(getComputedStyle(e).backgroundColor);
      if (colour.alpha > 0) return colour;
    }
    return parts('rgb(255, 255, 255)');
  };
  const faint = new Set();
  all('body *').forEach((element) => {
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!says || !shown(element) || element.closest('script, style, .dr-hidden, title, desc')) return;
    const style = getComputedStyle(element);
    const pair = [light(parts(element.tagName === 'text' ? style.fill : style.color)), light(behind(element))];
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (contrast < 4.5) faint.add(`${element.tagName}.${element.getAttribute('class')} ${contrast.toFixed(1)}`);
  });
  found.faint = [...faint];

  return found;
})();
