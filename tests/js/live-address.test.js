import assert from "node:assert/strict"
import test from "node:test"

import { drawn, eventsOf, field, patchesOf, pixelOf, unitOf, whyOf, withField, without } from "../../static/js/live/address.js"

const PATH = "/networks/lenet5/live"
const MOVED = `${PATH}?x=digit:3&shift=-1,0&dropout=0.1&seed=2&c1=learned!3:0&edit=c1.3&why=saliency`

test("A new digit leaves the network as it is, and lies where it is drawn", () => {
  assert.equal(drawn(MOVED, "u8:28x28:AA"), `${PATH}?x=u8:28x28:AA&dropout=0.1&seed=2&c1=learned!3:0&edit=c1.3`)
  assert.equal(drawn(PATH, "u8:28x28:AA"), `${PATH}?x=u8:28x28:AA`)
})

test("A field takes the place of the one that was there", () => {
  assert.equal(withField(PATH, "cover", "8,9"), `${PATH}?cover=8,9`)
  assert.equal(withField(`${PATH}?cover=1,1&seed=2`, "cover", "8,9"), `${PATH}?seed=2&cover=8,9`)
  assert.equal(without(`${PATH}?cover=1,1`, "cover"), PATH)
  assert.equal(field(MOVED, "edit"), "c1.3")
  assert.equal(field(MOVED, "cover"), null)
})

test("The address of a number says nothing of what is open on the page", () => {
  assert.equal(unitOf(`${PATH}?edit=c1.3`, "c3", "1,2,3"), `${PATH}/unit?layer=c3&unit=1,2,3`)
  assert.equal(unitOf(`${PATH}?shift=1,0&why=occlusion`, "f6", "7"), `${PATH}/unit?shift=1,0&layer=f6&unit=7`)
  assert.equal(pixelOf(PATH, "dense", 9, [8, 12]), `${PATH}/unit?layer=gradient&unit=9,8,12&network=dense`)
  assert.equal(whyOf(`${PATH}?shift=1,0&why=occlusion`, "occlusion"), `${PATH}/occlusion.json?shift=1,0`)
  assert.equal(eventsOf(`${PATH}?shift=1,0`), `${PATH}.events?shift=1,0`)
  assert.equal(patchesOf(MOVED, "c3", 5), `${PATH}/patches.json?layer=c3&unit=5`)
})
