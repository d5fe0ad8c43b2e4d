import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { FaultPlace } from '../exploration.svelte.ts';

export interface EditorOptions {
  text: string;
  label: string;
  /** Names a table's columns are completed from. */
  schema: Record<string, string[]>;
  onChange: (text: string) => void;
  onRun: () => void;
}

export interface SqlEditor {
  readonly text: string;
  set(text: string): void;
  insert(text: string): void;
  schema(schema: Record<string, string[]>): void;
  mark(place: FaultPlace | null): void;
  label(label: string): void;
  destroy(): void;
}

/**
 * An SQL editor inside a shadow root: there its styles are adopted sheets, which the strict policy allows, where in
 * the page they would be a style element, which it refuses.
 */
export async function createEditor(host: HTMLElement, options: EditorOptions): Promise<SqlEditor> {
  const [state, view, commands, language, complete, sql, highlight] = await Promise.all([
    import('@codemirror/state'),
    import('@codemirror/view'),
    import('@codemirror/commands'),
    import('@codemirror/language'),
    import('@codemirror/autocomplete'),
    import('@codemirror/lang-sql'),
    import('@lezer/highlight'),
  ]);
  const { EditorView: View, Decoration } = view;
  const { tags } = highlight;
  const setFault = state.StateEffect.define<FaultPlace | null>();
  const faultLine = state.StateField.define({
    create: () => Decoration.none,
    update(marks, change) {
      for (const effect of change.effects)
        if (effect.is(setFault))
          return effect.value ? markAt(change.state.doc, effect.value) : Decoration.none;
      return change.docChanged ? Decoration.none : marks;
    },
    provide: (field) => View.decorations.from(field),
  });
  type Doc = (typeof state.Text)['prototype'];
  function markAt(doc: Doc, { line, column }: FaultPlace) {
    if (line > doc.lines) return Decoration.none;
    const { from, to } = doc.line(line);
    const begin = Math.min(from + column - 1, to);
    const word = /^[\w.]+|^\S/.exec(doc.sliceString(begin, to))?.[0].length ?? 0;
    return Decoration.set([
      Decoration.line({ class: 'fault-line' }).range(from),
      ...(word ? [Decoration.mark({ class: 'fault' }).range(begin, begin + word)] : []),
    ]);
  }

  const schemaOf = (schema: Record<string, string[]>): Extension =>
    sql.sql({ dialect: sql.SQLDialect.define(words), schema, upperCaseKeywords: true });
  const labelOf = (label: string): Extension =>
    View.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' });
  const colours = language.HighlightStyle.define([
    { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
    { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
    { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--soft)', fontStyle: 'italic' },
    { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--accent-strong)' },
  ]);
  const [schemaSlot, labelSlot] = [new state.Compartment(), new state.Compartment()];
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const run = () => {
    options.onRun();
    return true;
  };
  const editor: EditorView = new View({
    root,
    parent: root,
    state: state.EditorState.create({
      doc: options.text,
      extensions: [
        state.Prec.highest(view.keymap.of([{ key: 'Mod-Enter', run }])),
        view.lineNumbers(),
        commands.history(),
        view.drawSelection(),
        language.bracketMatching(),
        complete.closeBrackets(),
        complete.autocompletion({ icons: false }),
        view.keymap.of([
          ...complete.closeBracketsKeymap,
          ...commands.defaultKeymap,
          ...commands.historyKeymap,
          ...complete.completionKeymap,
          { key: 'Tab', run: complete.acceptCompletion },
          commands.indentWithTab,
        ]),
        View.lineWrapping,
        language.syntaxHighlighting(colours),
        schemaSlot.of(schemaOf(options.schema)),
        labelSlot.of(labelOf(options.label)),
        faultLine,
        View.theme(look),
        // Left to itself the browser keeps the look of replaced text by a style attribute, which the policy refuses.
        View.domEventHandlers({
          beforeinput(event, typed) {
            const { data, inputType, isComposing } = event;
            const { main } = typed.state.selection;
            if (inputType !== 'insertText' || !data || isComposing || main.empty) return false;
            event.preventDefault();
            const insert = () =>
              typed.state.update(typed.state.replaceSelection(data), { userEvent: 'input.type' });
            const taken = typed.state
              .facet(View.inputHandler)
              .some((handle) => handle(typed, main.from, main.to, data, insert));
            if (!taken) typed.dispatch(insert());
            return true;
          },
        }),
        View.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get text() {
      return editor.state.doc.toString();
    },
    set: (text) => editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } }),
    insert(text) {
      editor.dispatch(editor.state.replaceSelection(text));
      editor.focus();
    },
    schema: (schema) => editor.dispatch({ effects: schemaSlot.reconfigure(schemaOf(schema)) }),
    label: (label) => editor.dispatch({ effects: labelSlot.reconfigure(labelOf(label)) }),
    mark: (place) => editor.dispatch({ effects: setFault.of(place) }),
    destroy: () => editor.destroy(),
  };
}

/** What is completed and coloured: the SQL that can be run here, in the engine's dialect. */
const words = {
  keywords: `select from where group by having qualify order limit offset with recursive as join left right full inner
    outer cross asof anti semi natural positional lateral on using union all except intersect distinct case when then
    else end and or not in is null like ilike between exists any some filter over partition window rows range
    preceding following unbounded current row values describe summarize show tables explain analyze asc desc nulls
    first last exclude replace pivot unpivot for name sample collate escape cast try_cast within materialized`,
  types: `boolean tinyint smallint integer bigint hugeint float double decimal varchar date time timestamp timestamptz
    interval`,
  builtin: `abs avg arg_max arg_min coalesce concat contains corr count covar_samp cume_dist current_date date_diff
    date_part date_trunc day dense_rank first_value floor ceil greatest isodow lag last_day last_value lead least
    length list lower max md5 median min mode month nullif ntile now percent_rank quantile_cont quantile_disc rank
    regexp_extract regexp_matches regexp_replace round row_number split_part stddev_samp strftime string_agg strptime
    substr sum trim unnest upper var_samp year generate_series`,
  doubleDollarQuotedStrings: true,
  operatorChars: '*+-%<>!=&|~^/',
  identifierQuotes: '"',
};

const look = {
  '&': {
    fontSize: 'var(--size-small)',
    color: 'var(--ink)',
    backgroundColor: 'var(--sheet)',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--radius)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    lineHeight: '1.55',
    maxHeight: '26rem',
    overflow: 'auto',
  },
  '.cm-content, .cm-gutter': { minHeight: '11rem' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.6rem 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--shade)',
    color: 'var(--soft)',
    border: 'none',
    borderRight: '1px solid var(--line)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-soft)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: 'none' },
  '.fault-line': { backgroundColor: 'var(--harm-soft)' },
  '.fault': { textDecoration: 'underline wavy var(--harm)', textUnderlineOffset: '0.25em' },
  '.cm-tooltip': {
    backgroundColor: 'var(--sheet)',
    color: 'var(--ink)',
    border: '1px solid var(--rule)',
    borderRadius: 'var(--radius)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '14em' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.85' },
};
