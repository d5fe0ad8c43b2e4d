import { RemoteError, type Transport } from '#core/contract/client.ts';

/** Calls to the page's own server; the session cookie goes along. An unreachable server is an error with a code. */
export const transport = (signal?: AbortSignal): Transport => ({
  origin: '',
  headers: {},
  fetch: async (url, init) => {
    try {
      return await fetch(url, { ...init, credentials: 'same-origin', ...(signal ? { signal } : {}) });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new RemoteError({
        status: 503,
        code: 'server_unreachable',
        detail: String(error),
        fix: '',
        details: { url: location.origin, reason: error instanceof Error ? error.message : String(error) },
      });
    }
  },
});
