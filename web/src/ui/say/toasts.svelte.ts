import { createContext } from 'svelte';

export interface Toast {
  id: number;
  tone: 'good' | 'harm' | 'info';
  text: string;
}

const shownMs = 6_000;

/** Short notes of what has just ended; they leave by themselves unless something failed. */
export class Toasts {
  all = $state.raw<readonly Toast[]>([]);
  #next = 0;

  add(tone: Toast['tone'], text: string): void {
    const id = ++this.#next;
    this.all = [...this.all, { id, tone, text }].slice(-4);
    if (tone !== 'harm') setTimeout(() => this.remove(id), shownMs);
  }

  remove(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }
}

export const [getToasts, setToasts] = createContext<Toasts>();
