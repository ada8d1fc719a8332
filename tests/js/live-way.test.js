import assert from "node:assert/strict"
import { test } from "node:test"

import { Way } from "../../static/js/live/way.js"

const LINK = { left: 500, right: 620, top: 600 }
const along = (from, to, share) => ({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) })

function started(from) {
  const way = new Way(() => LINK)
  way.start(from)
  return way
}

test("every straight line from a unit to the link is on the way, wherever the unit is", () => {
  for (const from of [{ x: 10, y: 40 }, { x: 560, y: 300 }, { x: 1100, y: 90 }])
    for (const x of [500, 560, 620])
      for (let moves = 1, way = started(from); moves <= 20; moves++) assert.ok(way.isOn(along(from, { x, y: 600 }, moves / 20)))
})

test("the next map of the same layer is not on the way", () => {
  const way = started({ x: 100, y: 100 })
  assert.ok(!way.isOn({ x: 160, y: 100 }))
  assert.ok(!way.isOn({ x: 160, y: 108 }))
  assert.ok(!way.isOn({ x: 40, y: 120 }))
})

test("who turns back is not on the way, but a hand may tremble", () => {
  const way = started({ x: 560, y: 100 })
  assert.ok(way.isOn({ x: 560, y: 300 }))
  assert.ok(way.isOn({ x: 561, y: 297 }))
  assert.ok(!way.isOn({ x: 560, y: 290 }))
})

test("without a start there is no way, nor after its end", () => {
  assert.ok(!new Way(() => LINK).isOn({ x: 560, y: 300 }))
  const way = started({ x: 560, y: 100 })
  way.end()
  assert.ok(!way.isOn({ x: 560, y: 300 }))
})
