// Text of the page, written only where it differs: what a live region is given, it reads out.

export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text
}
