package dev.callqueue.examples.museum.traps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.NIOFSDirectory;

/** A small Lucene index on disk. */
final class Index implements AutoCloseable {
    private final Path path;
    private final NIOFSDirectory directory;
    private final IndexWriter writer;

    private Index(Path path, NIOFSDirectory directory, IndexWriter writer) {
        this.path = path;
        this.directory = directory;
        this.writer = writer;
    }

    static Index open() throws IOException {
        Path path = Files.createTempDirectory("hang-museum");
        var directory = new NIOFSDirectory(path);
        return new Index(path, directory, new IndexWriter(directory, new IndexWriterConfig()));
    }

    /** Adds a document, commits, and returns the number of documents. */
    int addDocument() throws IOException {
        var document = new Document();
        document.add(new StringField("title", "a document", Field.Store.YES));
        writer.addDocument(document);
        writer.commit();
        return writer.getDocStats().numDocs;
    }

    @Override
    public void close() throws IOException {
        writer.rollback();
        directory.close();
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
