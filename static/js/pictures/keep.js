// A reader's own picture, kept in this browser, so that it can be sent again when the server has forgotten it.

const MOST = 3
const known = new Map()

export async function keep(name, picture) {
  known.set(name, picture)
  const names = await ask("readonly", (store) => store.getAllKeys()).catch(() => [])
  const old = names.filter((each) => each !== name).slice(0, Math.max(0, names.length - MOST + 1))
  for (const each of old) await ask("readwrite", (store) => store.delete(each)).catch(() => {})
  await ask("readwrite", (store) => store.put(picture, name)).catch(() => {}) // without it, a reload asks for the picture
}

export async function kept(name) {
  return known.get(name) ?? (await ask("readonly", (store) => store.get(name)).catch(() => null)) ?? null
}

function ask(mode, request) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("convscope", 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore("pictures")
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const asked = request(opening.result.transaction("pictures", mode).objectStore("pictures"))
      asked.onerror = () => reject(asked.error)
      asked.onsuccess = () => {
        opening.result.close()
        resolve(asked.result)
      }
    }
  })
}
