package io.smollama.cli;

import io.smollama.core.FileFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML file into {@link Setting}s that know their lines. */
final class YamlFile {
  private final Path file;

  private YamlFile(Path file) {
    this.file = file;
  }

  /** The file's sections; an empty section for an empty file. */
  static Setting read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      Node root = new Yaml(new LoaderOptions()).compose(reader);
      YamlFile yaml = new YamlFile(file);
      if (root == null || yaml.isNull(root)) {
        return Setting.section(file.toString());
      }
      Setting read = yaml.setting(root, yaml.place(root));
      if (!read.isSection()) {
        throw new UserError(
            "%s: a configuration is made of sections such as 'node:', this is %s"
                .formatted(read.place(), read.kind()));
      }
      return read;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new UserError("%s line %d: %s".formatted(file, line, e.getProblem()), e);
    } catch (YAMLException | CharacterCodingException e) {
      throw new UserError("%s: is not UTF-8 text".formatted(file), e);
    } catch (IOException e) {
      throw new UserError("%s: cannot be read (%s)".formatted(file, FileFailure.reason(e)), e);
    }
  }

  /** A value stands where its key stands, even if it begins lines below. */
  private Setting setting(Node node, String place) {
    return setting(node, place, "");
  }

  /** An extension without settings is named by its key alone; other keys need a value. */
  private Setting setting(Node node, String place, String ofSection) {
    if (node instanceof MappingNode mapping) {
      Setting section = Setting.section(place);
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw new UserError(place(tuple.getKeyNode()) + ": a key must be a word");
        }
        if (section.entries().containsKey(key.getValue())) {
          throw new UserError(
              "%s: the key '%s' stands twice".formatted(place(key), key.getValue()));
        }
        if (isNull(tuple.getValueNode()) && ofSection.equals(ExtensionsConfig.KEY)) {
          section.entries().put(key.getValue(), Setting.section(place(key)));
        } else if (!isNull(tuple.getValueNode())) {
          section
              .entries()
              .put(key.getValue(), setting(tuple.getValueNode(), place(key), key.getValue()));
        }
      }
      return section;
    } else if (node instanceof SequenceNode sequence) {
      List<Setting> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(setting(item, place(item))));
      return Setting.list(place, items);
    }
    return Setting.text(place, ((ScalarNode) node).getValue());
  }

  /** A key without a value keeps its default. */
  private boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private String place(Node node) {
    return "%s line %d".formatted(file, node.getStartMark().getLine() + 1);
  }
}
