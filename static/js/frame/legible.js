// Words that would be too small to read in this frame are left out, and titles that would lie on others or beyond its edge:
// then colours and places speak. Stages and boards see to their numbers themselves.

const LEAST = 8 // pixels

export function legible(main) {
  for (const [word, size] of read(main)) word.classList.toggle("unread", size < LEAST)
  const kept = []
  for (const title of main.querySelectorAll(".drawing .title")) {
    const box = title.getBoundingClientRect()
    const isFree = box.right < innerWidth + 1 && !kept.some((other) => overlap(box, other))
    title.classList.toggle("unread", !isFree)
    if (isFree) kept.push(box)
  }
}

// What holds letters of its own, and how high they are: in a grid, as high as the smallest of it.
function read(main) {
  const sizes = new Map([...words(main)].map((word) => [word, height(word)]))
  for (const grid of main.querySelectorAll(".cells")) {
    const numbers = [...grid.querySelectorAll("text")].filter((word) => sizes.has(word))
    const least = Math.min(...numbers.map((word) => sizes.get(word)))
    for (const word of numbers) sizes.set(word, least)
  }
  return sizes
}

function* words(main) {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, ({ data, parentElement }) =>
    data.trim() && !parentElement.closest("conv-stage, conv-board, .visually-hidden, script, title, desc") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT)
  while (walker.nextNode()) yield walker.currentNode.parentElement
}

function height(word) {
  const size = parseFloat(getComputedStyle(word).fontSize)
  const matrix = word.getScreenCTM?.()
  return size * (matrix ? Math.hypot(matrix.b, matrix.d) : (word.currentCSSZoom ?? 1))
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
