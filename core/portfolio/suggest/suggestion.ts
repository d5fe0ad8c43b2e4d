import type { Text } from '../../text/text.ts';
import type { ColumnRecipe, DateStyle, RecipeInput } from '../recipe.ts';

/** How one column of the portfolio could be fed. */
export interface ColumnSuggestion {
  column: string;
  recipe: ColumnRecipe;
  /** Source column; null where several or none feed it. */
  from: string | null;
  /** 0 to 1: from .85 sure enough to be taken, below .6 only a hint. */
  confidence: number;
  reason: Text;
}

export interface TableSuggestion {
  table: string;
  confidence: number;
  reason: Text;
  columns: ColumnSuggestion[];
  /** Required columns that nothing feeds: a person must say. */
  missing: string[];
}

/** What only a person can say; the load is refused until somebody does. */
export interface Question {
  kind: 'currency' | 'date' | 'day or month' | 'months' | 'column' | 'codes';
  table: string | null;
  column: string | null;
  text: Text;
}

export interface Suggestion {
  decimal: '.' | ',';
  dates: DateStyle;
  tables: TableSuggestion[];
  questions: Question[];
  /** Source columns that no table takes. */
  unused: string[];
  personal: string[];
  /** All of it as a recipe; a dataset where the file holds no table of the portfolio. */
  recipe: RecipeInput;
}
