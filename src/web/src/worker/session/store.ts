/** What is kept on the device, so that neither a lost network nor a closed page loses it. */
export interface Kept<T> {
  read(): T
  write(value: T): void
}

/** A value in localStorage. Where storage is forbidden it lives as long as the page. */
export function kept<T>(key: string, initial: T, storage: Storage | undefined = safeStorage()): Kept<T> {
  let memory = initial
  return {
    read() {
      try {
        const text = storage?.getItem(key)
        return text ? (JSON.parse(text) as T) : storage ? initial : memory
      } catch {
        return memory
      }
    },
    write(value) {
      memory = value
      try {
        storage?.setItem(key, JSON.stringify(value))
      } catch {
        // Full or forbidden: what is in memory is still sent.
      }
    },
  }
}

function safeStorage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
