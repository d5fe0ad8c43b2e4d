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
  /** Place in the navigation, or among the tabs. */
  order: number;
  /** First path of the feature it stands beside: it gets a tab there, and no place in the navigation. */
  under?: string;
  /** Its own tab, where others stand under it; default: its title. */
  tab?: Text;
  /** The first is where the navigation leads. */
  screens: readonly Screen[];
}

/** Parameters named in a path, as the props its component must take. */
type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & Params<Rest>
  : Path extends `${string}:${infer Name}`
    ? Record<Name, string>
    : Record<never, string>;

export const screen = <Path extends string>(path: Path, component: Component<Params<Path>>): Screen => ({
  path,
  component: component as unknown as Screen['component'],
});
