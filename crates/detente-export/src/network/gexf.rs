//! GEXF 1.3, as Gephi and networkx read it.

use std::fmt::Write;

use super::{EDGE_KEYS, Graph, NODE_KEYS, escape};

/// The network as GEXF.
pub(super) fn write(graph: &Graph<'_>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
         <graph mode=\"static\" defaultedgetype=\"directed\">\n",
    );
    for (class, keys) in [("node", &NODE_KEYS[..]), ("edge", &EDGE_KEYS[..])] {
        let _ = writeln!(xml, "<attributes class=\"{class}\">");
        for (number, (key, kind)) in keys.iter().enumerate() {
            let _ = writeln!(xml, "<attribute id=\"{number}\" title=\"{key}\" type=\"{kind}\"/>");
        }
        xml.push_str("</attributes>\n");
    }
    xml.push_str("<nodes>\n");
    for node in graph.nodes.values() {
        let _ = write!(xml, "<node id=\"{}\" label=\"{}\"><attvalues>", escape(&node.id), escape(&node.label));
        values(&mut xml, node.values());
        xml.push_str("</attvalues></node>\n");
    }
    xml.push_str("</nodes>\n<edges>\n");
    for (number, ((from, to), edge)) in graph.edges.iter().enumerate() {
        let id = |code: &String| escape(&graph.nodes[code.as_str()].id);
        let _ = write!(
            xml,
            "<edge id=\"{number}\" source=\"{}\" target=\"{}\" weight=\"{}\"><attvalues>",
            id(from),
            id(to),
            edge.acts
        );
        values(&mut xml, edge.values());
        xml.push_str("</attvalues></edge>\n");
    }
    xml.push_str("</edges>\n</graph>\n</gexf>\n");
    xml
}

fn values(xml: &mut String, values: impl IntoIterator<Item = impl AsRef<str>>) {
    for (number, value) in values.into_iter().enumerate() {
        if !value.as_ref().is_empty() {
            let _ = write!(xml, "<attvalue for=\"{number}\" value=\"{}\"/>", escape(value.as_ref()));
        }
    }
}
