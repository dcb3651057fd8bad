// Keeps the rest of the page alive when a view fails, and says what went wrong.

import { Component, type ComponentChildren } from "preact";

interface Props {
    /** A new place gives the view a new chance. */
    place: string;
    children: ComponentChildren;
}

export class Guard extends Component<Props, { error: Error | null; place: string }> {
    override state = { error: null as Error | null, place: this.props.place };

    static override getDerivedStateFromProps(props: Props, state: { place: string }): { error: null; place: string } | null {
        return props.place === state.place ? null : { error: null, place: props.place };
    }

    override componentDidCatch(error: Error): void {
        this.setState({ error });
        console.error(error);
    }

    override render() {
        const { error } = this.state;
        return error === null ? (
            this.props.children
        ) : (
            <p class="trouble" role="alert">
                This view failed: {error.message}. Load the page again; if it fails again, report it with this address.
            </p>
        );
    }
}
