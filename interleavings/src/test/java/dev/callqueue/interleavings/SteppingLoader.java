package dev.callqueue.interleavings;

import dev.callqueue.CallQueue;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loads the library a second time, with a call of {@link Walker#step} before each of its steps: wherever it reads or
 * writes a field that is not final or an element of an array, or calls what synchronises threads. So no hook is needed in
 * the library, and no name of it here. The {@link Scenarios} are loaded here too, so that they use that second library.
 */
final class SteppingLoader extends ClassLoader {
    private static final String PACKAGE = "dev.callqueue.";
    private static final String LIBRARY =
            CallQueue.class.getProtectionDomain().getCodeSource().getLocation().toString();

    /** The final fields of each class of the library, by its internal name; guarded by this. */
    private final Map<String, Set<String>> finalFields = new HashMap<>();

    SteppingLoader() {
        super(SteppingLoader.class.getClassLoader());
    }

    /** A scenario of that class, using the library with steps. */
    Scenario make(Class<? extends Scenario> scenario) throws ReflectiveOperationException {
        Constructor<?> constructor = loadClass(scenario.getName()).getDeclaredConstructor();
        constructor.setAccessible(true); // the same package, but of another loader
        return (Scenario) constructor.newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            URL file = fileOf(name.replace('.', '/'));
            if (isOfLibrary(file)) {
                return define(name, withSteps(read(file)));
            }
            return name.startsWith(Scenarios.class.getName())
                    ? define(name, read(file))
                    : super.loadClass(name, resolve);
        }
    }

    private URL fileOf(String internalName) throws ClassNotFoundException {
        URL file = getResource(internalName + ".class");
        if (file == null) {
            throw new ClassNotFoundException(internalName);
        }
        return file;
    }

    private static boolean isOfLibrary(URL file) {
        return file.toString().contains(LIBRARY);
    }

    private Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static byte[] read(URL file) throws ClassNotFoundException {
        try (InputStream in = file.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(file.toString(), e);
        }
    }

    private byte[] withSteps(byte[] original) {
        var reader = new ClassReader(original);
        var writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Steps(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private synchronized boolean isFinal(String owner, String field) {
        return finalFields.computeIfAbsent(owner, this::readFinalFields).contains(field);
    }

    private Set<String> readFinalFields(String owner) {
        Set<String> fields = new HashSet<>();
        try {
            new ClassReader(read(fileOf(owner)))
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public FieldVisitor visitField(
                                        int access, String name, String descriptor, String signature, Object value) {
                                    if ((access & Opcodes.ACC_FINAL) != 0) {
                                        fields.add(name);
                                    }
                                    return null;
                                }
                            },
                            ClassReader.SKIP_CODE);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return fields;
    }

    /** A method's code, with a step before each instruction by which threads can affect each other. */
    private final class Steps extends MethodVisitor {
        Steps(MethodVisitor code) {
            super(Opcodes.ASM9, code);
        }

        private void step() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Walker.class), "step", "()V", false);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (!isFinal(owner, name)) {
                step();
            }
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.startsWith("java/util/concurrent/")
                    || owner.startsWith("java/lang/invoke/")
                    || owner.startsWith("java/lang/Thread")) {
                step();
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        private static boolean isOfArrayElement(int opcode) {
            return (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD)
                    || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE);
        }

        @Override
        public void visitInsn(int opcode) {
            if (isOfArrayElement(opcode) || opcode == Opcodes.MONITORENTER) {
                step();
            }
            super.visitInsn(opcode);
        }
    }
}
