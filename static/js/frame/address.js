// Addresses within a frame: each page's own, with the frame's prefix before it and its options behind. Without a frame
// they are what they are.

import { root, unrooted } from "../root.js"

const { prefix = "", page = "", options = "" } = document.documentElement.dataset
export const isFramed = prefix !== ""
export const path = page.split("?")[0]
// What the frame first showed. Its pages hand it on behind a #, as a sandbox has nothing to remember it in.
export const first = new URLSearchParams(location.hash.slice(1)).get("first") ?? location.href
const names = options.split(" ").filter(Boolean)

// The frame's address of one of its page's, with the options that are asked for now.
export function framed(address) {
  const url = new URL(address, location.href)
  if (isProgramme(url)) return url.pathname + url.search
  const path = unrooted(url.pathname)
  const own = root + (path.startsWith(`${prefix}/`) ? path : prefix + path)
  const asked = location.search.slice(1).split("&").filter((field) => names.includes(nameOf(field)))
  const given = url.search.slice(1).split("&").filter((field) => field && !(names.includes(nameOf(field)) && asked.length))
  const query = [...given, ...asked].join("&")
  return own + (query && `?${query}`)
}

// Goes to another address. In a frame that is the frame's, and leaves no entry in the history of its deck.
export function visit(address) {
  if (!isFramed) return location.assign(address)
  const url = new URL(framed(address), location.href)
  url.hash = new URLSearchParams({ first })
  location[prefix === "/embed" ? "replace" : "assign"](url)
}

// The whole page that belongs to a frame's address.
export function whole(address) {
  const url = new URL(address, location.href)
  if (isProgramme(url)) return root + page
  const [path, { search }] = [unrooted(url.pathname), url]
  const query = search.slice(1).split("&").filter((field) => !names.includes(nameOf(field))).join("&")
  return root + (path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path) + (query && `?${query}`)
}

// A row of pictures has an address that is no page's.
const isProgramme = ({ pathname }) => unrooted(pathname) === prefix

const nameOf = (field) => field.split("=")[0]
