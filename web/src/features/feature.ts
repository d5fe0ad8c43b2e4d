import type { Component } from 'svelte';
import type { Text } from '#core/text/text.ts';

/** A screen with its own address. Parameters of the path (`:id`) arrive as props. */
export interface Screen {
  path: string;
  component: Component<Record<string, string>>;
}

/** One folder of `features/`: its `index.ts` default-exports one of these, and the page finds it. */
export interface Feature {
  /** In the navigation. */
  title: Text;
  /** Place in the navigation. */
  order: number;
  /** The first is where the navigation leads. */
  screens: readonly Screen[];
}

export const screen = <P extends Record<string, string>>(path: string, component: Component<P>): Screen => ({
  path,
  component: component as unknown as Screen['component'],
});
