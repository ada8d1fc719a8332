// As large as the frame allows: a picture that does not fit itself into any box is laid out in the width in which it comes
// out largest, and scaled.

const WIDTHS = [26, 36, 48, 62, 78, 96] // in letters' heights

export function fit(main) {
  if (main.querySelector('[data-picture="fluid"]') || !main.querySelector("[data-picture]")) return
  main.classList.add("fitted")
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const best = WIDTHS.map((width) => tried(main, width * letter)).reduce((a, b) => (b.worth > a.worth ? b : a))
  Object.assign(main.style, { width: `${best.width}px`, zoom: best.scale })
  main.style.left = `${(innerWidth / best.scale - best.width) / 2}px`
  main.style.top = `${Math.max(innerHeight / best.scale - best.height, 0) / 2}px`
}

// What it comes to in one width: the part of the frame that is filled, and how large its letters are.
function tried(main, width) {
  Object.assign(main.style, { width: `${width}px`, zoom: 1, left: 0, top: 0 })
  const across = Math.max(main.offsetWidth, main.scrollWidth)
  const height = main.offsetHeight
  const scale = Math.min(innerWidth / across, innerHeight / height)
  const filled = (scale * scale * across * height) / (innerWidth * innerHeight)
  return { width: across, height, scale, worth: filled * Math.sqrt(scale) }
}

// The size that a frame of this width would have best: the picture whole, and nothing empty over or under it.
export function wanted(main) {
  const drawing = main.querySelector('[data-picture="fluid"] svg.drawing')
  if (main.matches(".fitted")) return { width: innerWidth, height: Math.ceil((main.offsetHeight / main.offsetWidth) * innerWidth) }
  if (!drawing) return { width: innerWidth, height: innerHeight }
  const [, , across, down] = drawing.getAttribute("viewBox").split(" ").map(Number)
  const { width, height } = drawing.getBoundingClientRect()
  return { width: innerWidth, height: Math.ceil(innerHeight - height + (down / across) * width) }
}
