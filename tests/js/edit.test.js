import assert from "node:assert/strict"
import { test } from "node:test"

import { pastedGrid } from "../../static/js/edit.js"

const PASTED = {
  "nested lists": ["[[1, 2], [3, -4.5]]", "[[1,2],[3,-4.5]]"],
  "a printed NumPy array": ["[[ 0.5 -1. ]\n [ 2.   3. ]]", "[[0.5,-1],[2,3]]"],
  "a NumPy array's repr": ["array([[1., 2.],\n       [3., 4.]], dtype=float32)", "[[1,2],[3,4]]"],
  "whole numbers of NumPy": ["[[  0 255]\n [ 12   7]]", "[[0,255],[12,7]]"],
  "small numbers of NumPy": ["[1.e-05 1.e+00 2.5e-01]", "[0.00001,1,0.25]"],
  "three axes of NumPy": ["[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]", "[[[1,2],[3,4]],[[5,6],[7,8]]]"],
  "a PyTorch tensor": ["tensor([[ 1.0000, -2.5000],\n        [ 0.3333,  4.0000]])", "[[1,-2.5],[0.3333,4]]"],
  "a tensor on a device": ["tensor([1., 2.], device='cuda:0', grad_fn=<ReluBackward0>)", "[1,2]"],
  "cells of a spreadsheet": ["1\t2\t3\r\n4\t5.5\t−6\r\n", "1,2,3;4,5.5,-6"],
  "lines of CSV": ["1, 2, 3\n4,5,6\n", "1,2,3;4,5,6"],
  "plain text": ["  1 2  3\n +4 -5 6e-2 \n", "1,2,3;4,-5,6e-2"],
  "an address's own grammar": ["1,0;0,1/9", "1,0;0,1/9"],
  "one number": ["7", "7"],
}

for (const [what, [text, grid]] of Object.entries(PASTED)) {
  test(`${what} can be pasted`, () => assert.equal(pastedGrid(text), grid))
}

const JUNK = {
  "a sentence": "The quick brown fox",
  "nothing": "",
  "words in brackets": '["a", "b"]',
  "an empty list": "[]",
  "nulls": "[[1, null]]",
  "a shortened array": "[0 1 2 ... 97 98 99]",
  "an array with NaN": "[nan 1.]",
  "a number without an end": "1.2.3, 4",
  "a lone point": ".",
  "a table with a missing cell": "1\t\t3\n4\t5\t6",
  "numbers among words": "1, two, 3",
  "a number beyond float64": "[1e999]",
}

for (const [what, text] of Object.entries(JUNK)) {
  test(`${what} cannot be pasted`, () => assert.equal(pastedGrid(text), null))
}
