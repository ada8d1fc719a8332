import assert from "node:assert/strict"
import { test } from "node:test"

import { Clock } from "../../static/js/clock.js"
import { Player, SPEEDS } from "../../static/js/player.js"
import { Time } from "./time.js"

const STEP = 1400 // milliseconds at speed 1

function started(settings = {}) {
  const time = new Time()
  const changes = []
  const player = new Player({ clock: new Clock(time), steps: 4, change: ({ step }) => changes.push(step), ...settings })
  return { player, time, changes }
}

test("a player stands at the end of its first step", () => {
  const { player, time } = started()
  assert.deepEqual([player.step, player.phase, player.playing], [0, 1, false])
  assert.equal(time.waiting.size, 0)
})

test("playing from the start shows one step after the other, and stops at the last", () => {
  const { player, time } = started()
  player.play({ from: 0 })
  const seen = []
  for (let half = 0; half < 8; half++) {
    time.pass(STEP / 2)
    seen.push([player.step, player.phase])
  }
  assert.deepEqual(seen, [[0, 0.5], [1, 0], [1, 0.5], [2, 0], [2, 0.5], [3, 0], [3, 0.5], [3, 1]])
  assert.equal(player.playing, false)
  assert.equal(time.waiting.size, 0)
})

test("a step that is fully played is followed by the next", () => {
  const { player, time } = started()
  player.play()
  time.pass(STEP / 4)
  assert.deepEqual([player.step, player.phase], [1, 0.25])
})

test("playing at the end starts over", () => {
  const { player } = started()
  player.seek(3)
  player.play()
  assert.deepEqual([player.step, player.phase, player.playing], [0, 0, true])
})

test("a tab that slept through the steps wakes at the end", () => {
  const { player, time } = started()
  player.play({ from: 0 })
  time.pass(STEP * 1000)
  assert.deepEqual([player.step, player.phase, player.playing], [3, 1, false])
})

test("a loop goes on from the first step, and can be left", () => {
  const { player, time } = started({ loop: true })
  player.play({ from: 3 })
  time.pass(STEP * 1.5)
  assert.deepEqual([player.step, player.phase, player.playing], [0, 0.5, true])
  player.loop = false
  time.pass(STEP * 4)
  assert.deepEqual([player.step, player.playing], [3, false])
})

test("until names the step on which the playing rests", () => {
  const { player, time } = started({ loop: true })
  player.play({ from: 0, until: 2 })
  time.pass(STEP * 10)
  assert.deepEqual([player.step, player.phase, player.playing], [2, 1, false])
  player.play()
  time.pass(STEP * 1.5)
  assert.deepEqual([player.step, player.playing], [0, true], "the resting place holds for one play only")
})

test("a pause shows the step whole, and a second one changes nothing", () => {
  const { player, time, changes } = started()
  player.play({ from: 1 })
  time.pass(STEP / 2)
  player.pause()
  assert.deepEqual([player.step, player.phase, player.playing], [1, 1, false])
  assert.equal(time.waiting.size, 0)
  const said = changes.length
  player.pause()
  assert.equal(changes.length, said)
})

test("a toggle plays from the given step, and then pauses", () => {
  const { player } = started()
  player.seek(2)
  player.toggle({ from: 1 })
  assert.deepEqual([player.step, player.phase, player.playing], [1, 0, true])
  player.toggle({ from: 0 })
  assert.deepEqual([player.step, player.phase, player.playing], [1, 1, false])
})

test("seeking stops the playing, and never leaves the scene", () => {
  const { player, time } = started()
  player.play({ from: 0 })
  player.seek(2)
  assert.deepEqual([player.step, player.phase, player.playing], [2, 1, false])
  assert.equal(time.waiting.size, 0)
  player.seek(99)
  assert.equal(player.step, 3)
  player.seek(-1)
  assert.equal(player.step, 0)
})

test("twice the speed takes half the time", () => {
  const { player, time } = started({ speed: 2 })
  player.play({ from: 0 })
  time.pass(STEP / 2)
  assert.deepEqual([player.step, player.phase], [1, 0])
})

test("the speeds go round, from the fastest to the slowest", () => {
  const { player } = started()
  const speeds = SPEEDS.map(() => (player.faster(), player.speed))
  assert.deepEqual(speeds, [2, 4, 8, 16, 32, 0.25, 0.5, 1])
})

test("a speed that a link names and the button does not have goes back to the list", () => {
  const { player } = started({ speed: 3 })
  player.faster()
  assert.ok(SPEEDS.includes(player.speed))
})

test("the playhead survives a scene of another length, as near as it can", () => {
  const { player } = started()
  player.seek(3)
  player.resize(10)
  assert.equal(player.step, 3)
  player.resize(2)
  assert.deepEqual([player.step, player.phase], [1, 1])
})

test("playing goes on while a scene of another length comes in", () => {
  const { player, time } = started()
  player.play({ from: 0 })
  time.pass(STEP / 2)
  player.resize(2)
  assert.deepEqual([player.phase, player.playing], [0.5, true])
  time.pass(STEP * 10)
  assert.deepEqual([player.step, player.playing], [1, false])
})

test("every change is reported: the playing, its ticks, the pause and the seeking", () => {
  const { player, time, changes } = started()
  player.play({ from: 0 })
  time.pass(STEP)
  player.pause()
  player.seek(3)
  assert.deepEqual(changes, [0, 1, 1, 3])
})

const RHYTHM = { count: 25, row: 5, plane: 25, isPlain: () => false }

function shifted(settings) {
  const found = started(settings)
  found.player.resize(RHYTHM.count, RHYTHM)
  return found
}

test("with a rhythm it shifts by itself, and says which gear it is in", () => {
  const { player, time } = shifted()
  player.play({ from: 0 })
  time.pass(3000)
  assert.deepEqual([player.step, player.phase, player.gear], [0, 0.75, "product"])
  time.pass(1000 + 2000)
  assert.deepEqual([player.step, player.phase, player.gear], [2, 0, "sum"])
  time.pass(3 * 800 + 1050)
  assert.deepEqual([player.step, player.gear], [15, "row"])
  time.pass(10_000)
  assert.deepEqual([player.step, player.playing], [24, false])
})

test("a frame takes as many steps as its time is worth, and any scene ends within forty seconds", () => {
  const { player, time } = started()
  const count = 64 * 126 * 126
  player.resize(count, { count, row: 126, plane: 126 * 126, isPlain: () => false })
  player.play({ from: 0 })
  let frames = 0
  while (player.playing) {
    time.pass(16)
    frames++
  }
  assert.equal(player.step, count - 1)
  assert.ok(frames * 16 <= 40_000)
})

test("speed multiplies: at half the speed a scene takes twice as long", () => {
  for (const speed of [0.5, 1, 2]) {
    const { player, time } = shifted({ speed })
    player.play({ from: 0 })
    time.pass(10_390 / speed)
    assert.equal(player.playing, true)
    time.pass(20 / speed)
    assert.equal(player.playing, false)
  }
})

test("a gear that is chosen stays, through pauses, seeking and other scenes, until it is changed", () => {
  const { player, time } = shifted()
  player.shift("sum")
  player.play({ from: 0 })
  time.pass(1600)
  assert.deepEqual([player.step, player.gear], [2, "sum"])
  player.pause()
  player.seek(7)
  player.resize(49, { ...RHYTHM, count: 49, row: 7, plane: 49 })
  player.play()
  time.pass(800 * 3)
  assert.deepEqual([player.step, player.pace, player.gear], [11, "sum", "sum"])
  player.shift("auto")
  assert.equal(player.gear, "row")
})

test("shifting while it plays keeps the playhead and goes on playing, and the gears go round", () => {
  const { player, time, changes } = shifted()
  player.play({ from: 0 })
  time.pass(1000)
  const seen = []
  for (let i = 0; i < 4; i++) {
    player.shift()
    seen.push(player.pace)
  }
  assert.deepEqual(seen, ["product", "sum", "row", "auto"])
  assert.deepEqual([player.step, player.phase, player.playing], [0, 0.25, true])
  assert.equal(changes.length, 6)
})

test("the playhead, the gear and the playing survive an edit, which brings another scene of the same size", () => {
  const { player, time } = shifted({ pace: "row" })
  player.play({ from: 0 })
  time.pass(250)
  player.resize(25, { ...RHYTHM, isPlain: () => true })
  assert.deepEqual([player.step, player.phase, player.playing, player.pace], [2, 0.5, true, "row"])
  time.pass(100)
  assert.deepEqual([player.step, player.phase], [3, 0.5])
})
