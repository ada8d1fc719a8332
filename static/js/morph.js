// Changes morph: planes, windows and borders move from where they were to where they are now. Fetched with the first change.

const SECONDS = 0.35
const LEAST = 0.5 // pixels that are worth a movement

// Where everything that moves stands in the window, by name. Data cells keep their place when padding grows around them.
export function places(painter) {
  const found = new Map()
  for (const plane of painter.planes.values()) {
    if (!plane.isVisible) continue
    const [top, , , left] = (plane.svg.dataset.margin ?? "0,0,0,0").split(",").map(Number)
    found.set(plane.id, plane.screenBox(Math.max(top, 0) * plane.cols + Math.max(left, 0)))
    for (const [name, part] of Object.entries(movingParts(plane))) {
      if (part?.checkVisibility?.()) found.set(`${plane.id} ${name}`, part.getBoundingClientRect())
    }
  }
  return found
}

const movingParts = ({ svg, overlay }) => ({ window: overlay.moving, rim: svg.querySelector(".rim") })

export function moveFrom(before, painter) {
  const now = places(painter)
  const moved = [...now].some(([name, box]) => before.has(name) && isApart(before.get(name), box))
  if (!moved) return
  for (const plane of painter.planes.values()) {
    const [was, is] = [before.get(plane.id), now.get(plane.id)]
    if (!was || !is) continue
    const { a } = plane.svg.parentNode.getScreenCTM()
    const { x, y } = plane.at
    const size = (was.right - was.left) / (is.right - is.left)
    const to = [x + (was.left - is.left + (is.left - corner(plane).left) * (1 - size)) / a, y + (was.top - is.top + (is.top - corner(plane).top) * (1 - size)) / a]
    play(plane.svg.parentNode, `translate(${to[0]}px, ${to[1]}px) scale(${size})`, `translate(${x}px, ${y}px)`)
    for (const [name, part] of Object.entries(movingParts(plane))) slide(part, before.get(`${plane.id} ${name}`), now.get(`${plane.id} ${name}`), was, is, plane.screen.a)
  }
}

const corner = (plane) => plane.screenBox(0)

// A part of a plane, relative to the plane itself, which moves too.
function slide(part, was, is, planeWas, planeIs, unit) {
  if (!part || !was || !is) return
  const size = (planeIs.right - planeIs.left) / (planeWas.right - planeWas.left)
  const [dx, dy] = ["left", "top"].map((side) => ((was[side] - planeWas[side]) * size - (is[side] - planeIs[side])) / unit)
  if (Math.hypot(dx, dy) < LEAST) return
  const own = part.style.transform || "none"
  play(part, `${own === "none" ? "" : own} translate(${dx}px, ${dy}px)`, own)
}

const isApart = (a, b) => Math.abs(a.left - b.left) > LEAST || Math.abs(a.top - b.top) > LEAST || Math.abs(a.right - a.left - (b.right - b.left)) > LEAST

function play(element, from, to) {
  element.animate([{ transform: from }, { transform: to }], { duration: 1000 * SECONDS, easing: "ease-out" })
}
