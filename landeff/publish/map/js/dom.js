/* The only maker of elements: text is always textContent, so that no value can become markup. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};

  function setAttribute(element, name, value) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') Object.assign(element.style, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }

  Landeff.el = function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes || {})) setAttribute(element, name, attributes[name]);
    for (const child of children.flat()) {
      if (child == null) continue;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return element;
  };

  /* A number as people read it; null where it is unknown. */
  Landeff.formatNumber = function formatNumber(value, digits) {
    if (value == null) return null;
    return value.toLocaleString('zh-CN', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  };

  /* A number without more decimals than it has, at most two. */
  Landeff.formatPlain = (value) => value.toLocaleString('zh-CN', { maximumFractionDigits: 2 });

  Landeff.nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
})();
