import { createContext } from 'svelte';
import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { StatedOptions } from '#core/contract/portfolio/previews.ts';
import { type Draft, type Part, readBy, type TablePart, toRecipe } from './draft.ts';

export type Preview = Output<typeof contract.previews.create>;
export type Check = Output<typeof contract.previews.check>;

const kept = 'ensayo.load-draft';

/** What is kept of a draft while its page is closed or read again. */
interface Kept {
  files: string[];
  stated: StatedOptions;
  recipe: Draft | null;
  recipeOf: string;
  name: string;
  used: string | null;
  rejectedPercent: number;
}

const empty: Kept = {
  files: [],
  stated: {},
  recipe: null,
  recipeOf: '',
  name: '',
  used: null,
  rejectedPercent: 1,
};

/** One load being prepared: which files, how they are read, what becomes of them. Survives a reload of the page. */
export class Wizard {
  files = $state<string[]>([]);
  /** What a person said of how the file is written, beyond what was found. */
  stated = $state<StatedOptions>({});
  recipe = $state<Draft | null>(null);
  /** The columns the recipe was made for: of others, a new suggestion is taken. */
  recipeOf = $state('');
  name = $state('');
  /** The recipe that was taken as it is; null once anything was changed. */
  used = $state<string | null>(null);
  rejectedPercent = $state(1);
  preview = $state.raw<Preview | undefined>(undefined);
  check = $state.raw<Check | undefined>(undefined);
  /** Whether what was suggested has just been taken, and nothing of it was changed. */
  fresh = $state(false);
  readonly #storage: Storage;

  constructor(storage: Storage, files: readonly string[]) {
    this.#storage = storage;
    const found = readKept(storage);
    const same = found && (files.length === 0 || found.files.join('\n') === files.join('\n'));
    Object.assign(this, same ? found : { ...empty, files: [...files] });
  }

  /** To be kept; read inside an effect it follows every change. */
  get snapshot(): Kept {
    const { files, stated, recipe, recipeOf, name, used, rejectedPercent } = this;
    return $state.snapshot({ files, stated, recipe, recipeOf, name, used, rejectedPercent }) as Kept;
  }

  keep(snapshot: Kept): void {
    this.#storage.setItem(kept, JSON.stringify(snapshot));
  }

  /** Begins anew, with other files or none. */
  choose(files: readonly string[]): void {
    Object.assign(this, { ...empty, files: [...files] });
    this.preview = undefined;
    this.check = undefined;
  }

  /** A database is looked at through a query. */
  get needsQuery(): boolean {
    return this.files.some((file) => file.includes('://'));
  }

  get canLook(): boolean {
    return this.files.length > 0 && (!this.needsQuery || Boolean(this.stated.query));
  }

  ask(query: string): void {
    this.stated = { ...this.stated, query };
    if (this.recipe) this.recipe.source = { ...this.recipe.source, query };
    this.used = null;
  }

  /** Takes what was found of the files; what was already mapped stays, if the columns are still those. */
  take(preview: Preview, nameFor: (stem: string) => string): void {
    this.preview = preview;
    const of = preview.groups.map(({ columns }) => columns.map(({ name }) => name).join('\t')).join('\n');
    if (this.recipe && this.recipeOf === of) return;
    this.recipeOf = of;
    this.recipe = structuredClone(preview.recipe) as Draft;
    this.used = null;
    this.fresh = true;
    const stem = preview.groups[0]?.stem;
    if (!this.name && stem) this.name = nameFor(stem);
  }

  get parts(): Part[] {
    return this.recipe && this.recipe.tables !== 'canonical' ? this.recipe.tables : [];
  }

  /** Takes back that the recipe is one of the saved ones as it is. */
  touched = (): void => {
    this.fresh = false;
    this.used = null;
  };

  /** The columns a part reads from: of its own files, or of all. */
  columnsOf(part: Part) {
    const groups = this.preview?.groups ?? [];
    return (groups.find(({ stem }) => stem === part.file) ?? groups[0])?.columns ?? [];
  }

  groupOf(part: Part) {
    const groups = this.preview?.groups ?? [];
    return groups.find(({ stem }) => stem === part.file) ?? groups[0];
  }

  /** What was suggested for a column, as long as it is still fed so. */
  suggested(part: TablePart, column: string) {
    const table = this.groupOf(part)?.tables.find((one) => one.table === part.table);
    const found = table?.columns.find((one) => one.column === column);
    const feed = part.columns[column];
    if (!found || !feed) return undefined;
    return found.from === null || !('from' in feed) || feed.from === found.from || part.unpivot
      ? found
      : undefined;
  }

  get unused(): string[] {
    const names = (this.preview?.groups ?? []).flatMap(({ columns }) => columns.map(({ name }) => name));
    if (!this.recipe) return [];
    const read = readBy(this.recipe, names);
    return names.filter((name) => !read.has(name));
  }

  get complete() {
    return this.recipe ? toRecipe(this.recipe) : null;
  }
}

function readKept(storage: Storage): Kept | null {
  try {
    const found = JSON.parse(storage.getItem(kept) ?? 'null') as Kept | null;
    return found && Array.isArray(found.files) ? { ...empty, ...found } : null;
  } catch {
    return null;
  }
}

export const [getWizard, setWizard] = createContext<Wizard>();
