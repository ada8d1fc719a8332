// What views say alike, ready for translation.

import { exact } from "../../format.js"
import { at } from "../../words.js"

// 1 cell, 2 cells.
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`

export const list = (terms, most) => [...terms.slice(0, most), ...(terms.length > most ? ["…"] : [])]

// y[1, 2] = its terms = their sum · from 2 stamps.
export function sum(name, terms, total, { most, noun }) {
  const said = list(terms, most).join(" + ")
  const end = total === null || said === exact(total) ? "" : ` = ${exact(total)}`
  return `${name} = ${said}${end} · from ${counted(terms.length, noun)}`
}

export const rim = (name, count, noun) => `outside ${name}: ${count ? `what ${counted(count, noun)} left here is ` : ""}cut off`

// A number that came through an activation: from above, where its slope was taken, and that slope.
export const gated = (name, product, above, z, slope) =>
  `${name} = ${exact(above)} · ξ′(${exact(z)}) = ${exact(above)} · ${exact(slope)} = ${exact(product)}`

// An entry of a matrix, and the number that it copies.
export const copy = (letter, entry, source, value, first) =>
  `${at(letter, entry, first)} = ${source ? `${at(...source, first)} = ${exact(value)}` : `${exact(value)} · a zero of the padding`}`
