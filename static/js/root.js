// The path under which a proxy shows the program; nothing where there is none. Our own address has it.

export const root = new URL(import.meta.url).pathname.split("/static/")[0]

// An address as it would be without it.
export const unrooted = (address) => (address.startsWith(`${root}/`) ? address.slice(root.length) : address)
