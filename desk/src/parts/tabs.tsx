// A choice of one among a few, kept in the address.

import { narrow } from "../address";

interface Props<K extends string> {
    label: string;
    /** Its key in the address. */
    name: string;
    options: readonly (readonly [K, string])[];
    value: K;
    /** What holds where the address is silent. */
    otherwise: K;
}

export function Tabs<K extends string>({ label, name, options, value, otherwise }: Props<K>) {
    return (
        <div class="tabs" role="group" aria-label={label}>
            {options.map(([key, words]) => (
                <button aria-pressed={value === key} onClick={() => narrow({ [name]: key === otherwise ? null : key })}>
                    {words}
                </button>
            ))}
        </div>
    );
}
