/**
 * @param o1 The first object
 * @param o2 The second object
 */
private static boolean arrayMemberEquals(final Class<?> type, final Object o1, final Object o2) {
    if (type.isAnnotation()) {
        return annotationArrayMemberEquals((Annotation[]) o1, (Annotation[]) o2);
    }
    if (type.equals(Byte.TYPE)) {
        return Arrays.equals((byte[]) o1, (byte[]) o2);
    }
    return Arrays.equals((Object[]) o1, (Object[]) o2);
}
