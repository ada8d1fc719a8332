// Addresses within a frame: each page's own, with the frame's prefix before it and its options behind. Without a frame
// they are what they are.

const { prefix = "", page = "", options = "" } = document.documentElement.dataset
export const isFramed = prefix !== ""
export const path = page.split("?")[0]
const names = options.split(" ").filter(Boolean)

// The frame's address of one of its page's, with the options that are asked for now.
export function framed(address) {
  const url = new URL(address, location.href)
  if (isProgramme(url)) return url.pathname + url.search
  const own = url.pathname.startsWith(`${prefix}/`) ? url.pathname : prefix + url.pathname
  const asked = location.search.slice(1).split("&").filter((field) => names.includes(nameOf(field)))
  const given = url.search.slice(1).split("&").filter((field) => field && !(names.includes(nameOf(field)) && asked.length))
  const query = [...given, ...asked].join("&")
  return own + (query && `?${query}`)
}

// The whole page that belongs to a frame's address.
export function whole(address) {
  const url = new URL(address, location.href)
  if (isProgramme(url)) return page
  const { pathname, search } = url
  const query = search.slice(1).split("&").filter((field) => !names.includes(nameOf(field))).join("&")
  return (pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname) + (query && `?${query}`)
}

// A row of pictures has an address that is no page's.
const isProgramme = ({ pathname }) => pathname === prefix

const nameOf = (field) => field.split("=")[0]
