//! GraphML, as igraph, networkx and others read it.

use std::fmt::Write;

use super::{EDGE_KEYS, Graph, NODE_KEYS, escape};

/// The network as GraphML.
pub(super) fn write(graph: &Graph<'_>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
         <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"long\"/>\n",
    );
    for (class, keys) in [("node", &NODE_KEYS[..]), ("edge", &EDGE_KEYS[..])] {
        for (key, kind) in keys {
            let _ = writeln!(xml, "<key id=\"{key}\" for=\"{class}\" attr.name=\"{key}\" attr.type=\"{kind}\"/>");
        }
    }
    xml.push_str("<graph edgedefault=\"directed\">\n");
    for node in graph.nodes.values() {
        let _ = write!(xml, "<node id=\"{}\"><data key=\"label\">{}</data>", escape(&node.id), escape(&node.label));
        data(&mut xml, &NODE_KEYS, node.values());
        xml.push_str("</node>\n");
    }
    for ((from, to), edge) in &graph.edges {
        let id = |code: &String| escape(&graph.nodes[code.as_str()].id);
        let _ = write!(
            xml,
            "<edge source=\"{}\" target=\"{}\"><data key=\"weight\">{}</data>",
            id(from),
            id(to),
            edge.acts
        );
        data(&mut xml, &EDGE_KEYS, edge.values());
        xml.push_str("</edge>\n");
    }
    xml.push_str("</graph>\n</graphml>\n");
    xml
}

fn data(xml: &mut String, keys: &[(&str, &str)], values: impl IntoIterator<Item = impl AsRef<str>>) {
    for ((key, _), value) in keys.iter().zip(values) {
        if !value.as_ref().is_empty() {
            let _ = write!(xml, "<data key=\"{key}\">{}</data>", escape(value.as_ref()));
        }
    }
}
