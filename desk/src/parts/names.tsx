// Names of states, known to every view.

import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { address, useAnswer } from "../api/client";
import type { Code, List, State } from "../api/types";

export interface StateNames {
    all: State[];
    name: (code: Code) => string;
}

export const Names = createContext<StateNames>({ all: [], name: (code) => code });

/** Asks for the states once, whatever the day: a state keeps its name. Until they are known a state is called by its code. */
export function useStates(): StateNames {
    const { data } = useAnswer<List<State>>(address(["states"], { limit: 1000 }));
    return useMemo(() => {
        const names = new Map((data?.items ?? []).map((state) => [state.code, state.name]));
        return { all: data?.items ?? [], name: (code) => names.get(code) ?? code };
    }, [data]);
}

export function useNames(): StateNames {
    return useContext(Names);
}
