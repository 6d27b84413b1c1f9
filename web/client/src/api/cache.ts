// What is kept of chats for reading without a connection: in IndexedDB, of this browser, until one signs out.
import Long from "long";

const name = "heliograph-cache";
const store = "pages";

let opened: Promise<IDBDatabase> | undefined;
let over = false;  // until the page is loaded anew: what is still on its way is not kept

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(store);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("no IndexedDB"));
  });
  return opened;
}

// 64-bit numbers of the schema are objects with methods, which IndexedDB does not keep.
export function pack(value: unknown): unknown {
  if (Long.isLong(value)) return { $long: value.toString(), $unsigned: value.unsigned };
  if (value instanceof Uint8Array || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(pack);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, pack(each)]));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, pack(each)]));
}

export function unpack(value: unknown): unknown {
  if (value instanceof Uint8Array || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(unpack);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, unpack(each)]));
  if ("$long" in value) return Long.fromString(String(value.$long), "$unsigned" in value && value.$unsigned === true);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each)]));
}

// Failures are not told: nothing depends on the cache.
export async function keep(key: string, value: unknown): Promise<void> {
  try {
    const db = await database();
    if (!over) db.transaction(store, "readwrite").objectStore(store).put(pack(value), key);
  } catch { /* private windows have none */ }
}

export async function kept<T>(key: string): Promise<T | undefined> {
  try {
    const db = await database();
    return await new Promise((resolve) => {
      const request = db.transaction(store).objectStore(store).get(key);
      request.onsuccess = () => resolve(request.result === undefined ? undefined : (unpack(request.result) as T));
      request.onerror = () => resolve(undefined);
    });
  } catch {
    return undefined;
  }
}

// When one signs out; each tab does it, and is loaded anew.
export async function forget(): Promise<void> {
  over = true;
  try {
    const db = await database();
    await new Promise<void>((resolve) => {
      const transaction = db.transaction(store, "readwrite");
      transaction.objectStore(store).clear();
      transaction.oncomplete = transaction.onerror = () => resolve();
    });
  } catch { /* there was none */ }
}
