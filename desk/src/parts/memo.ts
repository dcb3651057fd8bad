// A component that is drawn again only when what it is given changes.

import { Component, h, type FunctionComponent } from "preact";

export function memo<P extends object>(inner: FunctionComponent<P>): FunctionComponent<P> {
    class Memo extends Component<P> {
        override shouldComponentUpdate(next: P): boolean {
            const now = this.props as Record<string, unknown>;
            const then = next as Record<string, unknown>;
            return Object.keys(then).some((key) => then[key] !== now[key]) || Object.keys(now).some((key) => !(key in then));
        }
        override render() {
            return h(inner, this.props as P);
        }
    }
    return Memo as unknown as FunctionComponent<P>;
}
