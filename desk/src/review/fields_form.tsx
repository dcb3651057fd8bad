// The fields of an act, to be filled or corrected.

import { useNames } from "../parts/names";
import { TYPES } from "../terms";

export interface Fields {
    type: string;
    mode: string;
    /** Codes, separated by commas. */
    actor: string;
    recipient: string;
    factuality: string;
    date: string;
}

export const blank: Fields = { type: "", mode: "", actor: "", recipient: "", factuality: "actual", date: "" };

interface Props {
    fields: Fields;
    onChange: (fields: Fields) => void;
    factualities: readonly string[];
}

export function FieldsForm({ fields, onChange, factualities }: Props) {
    const { all } = useNames();
    const set = (key: keyof Fields) => (event: { currentTarget: { value: string } }) => {
        const next = { ...fields, [key]: event.currentTarget.value };
        if (key === "type") next.mode = "";
        onChange(next);
    };
    return (
        <div class="fields">
            <label>
                Type
                <select value={fields.type} onChange={set("type")} required>
                    <option value="" disabled>
                        choose
                    </option>
                    {Object.entries(TYPES).map(([type, { means }]) => (
                        <option value={type}>
                            {type.toLowerCase()} – {means}
                        </option>
                    ))}
                </select>
            </label>
            <label>
                Mode
                <select value={fields.mode} onChange={set("mode")}>
                    <option value="">none</option>
                    {(TYPES[fields.type]?.modes ?? []).map((mode) => (
                        <option value={mode}>{mode}</option>
                    ))}
                </select>
            </label>
            <label>
                Actor
                <input type="text" list="state-codes" value={fields.actor} onInput={set("actor")} placeholder="code, code" />
            </label>
            <label>
                Recipient
                <input type="text" list="state-codes" value={fields.recipient} onInput={set("recipient")} placeholder="code, code" />
            </label>
            <label>
                Factuality
                <select value={fields.factuality} onChange={set("factuality")}>
                    {factualities.map((one) => (
                        <option value={one}>{one}</option>
                    ))}
                </select>
            </label>
            <label>
                Date
                <input type="text" value={fields.date} onInput={set("date")} placeholder="2022-04-02, 2022-04, 2022" pattern="\d{4}(-\d{2}){0,2}" />
            </label>
            <datalist id="state-codes">
                {all.map((state) => (
                    <option value={state.code}>{state.name}</option>
                ))}
            </datalist>
        </div>
    );
}
