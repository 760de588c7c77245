package io.tidewatch.models;

import io.tidewatch.churn.DecisionTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a tree in the form of XGBoost's model dump in JSON with statistics: inner nodes have {@code
 * split}, {@code split_condition}, {@code yes} (below it), {@code no}, {@code cover} and two {@code
 * children}; leaves have {@code leaf} and {@code cover}.
 */
final class TreeReader {

  private static final int LEAF = -1;
  private static final int DEEPEST = 32;

  private final List<String> features;
  private final List<Node> nodes = new ArrayList<>();

  private TreeReader(List<String> features) {
    this.features = features;
  }

  /** A node under construction, whose place in the list is its index. */
  private static final class Node {
    private int input = LEAF;
    private float threshold;
    private int left;
    private int right;
    private double value;
    private double cover;
  }

  static DecisionTree read(Fields root, List<String> features) {
    TreeReader tree = new TreeReader(features);
    tree.readNode(root, 0);
    return tree.build();
  }

  private int readNode(Fields fields, int depth) {
    Node node = new Node();
    int index = nodes.size();
    nodes.add(node);
    node.cover = fields.number("cover");
    if (fields.has("leaf")) {
      node.value = fields.number("leaf");
    } else if (depth == DEEPEST) {
      fields.problem("is deeper than " + DEEPEST);
    } else {
      readSplit(fields, node, depth);
    }
    return index;
  }

  private void readSplit(Fields fields, Node node, int depth) {
    node.threshold = (float) fields.number("split_condition");
    int input = fields.indexOf("split", features);
    List<Fields> children = fields.children("children");
    if (children.size() != 2) {
      fields.problem("must be a leaf or have two children");
      return;
    }
    boolean firstIsLeft = children.get(0).number("nodeid") == fields.number("yes");
    Fields left = children.get(firstIsLeft ? 0 : 1);
    Fields right = children.get(firstIsLeft ? 1 : 0);
    if (left.number("nodeid") != fields.number("yes")
        || right.number("nodeid") != fields.number("no")) {
      fields.problem("must name its children with 'yes' and 'no'");
    }
    node.input = input;
    node.left = readNode(left, depth + 1);
    node.right = readNode(right, depth + 1);
    node.value = mean(nodes.get(node.left), nodes.get(node.right));
  }

  private static double mean(Node left, Node right) {
    double cover = left.cover + right.cover;
    return cover > 0
        ? (left.value * left.cover + right.value * right.cover) / cover
        : (left.value + right.value) / 2;
  }

  private DecisionTree build() {
    int size = nodes.size();
    float[] threshold = new float[size];
    for (int i = 0; i < size; i++) {
      threshold[i] = nodes.get(i).threshold;
    }
    return new DecisionTree(
        nodes.stream().mapToInt(node -> node.input).toArray(),
        threshold,
        nodes.stream().mapToInt(node -> node.left).toArray(),
        nodes.stream().mapToInt(node -> node.right).toArray(),
        nodes.stream().mapToDouble(node -> node.value).toArray());
  }
}
