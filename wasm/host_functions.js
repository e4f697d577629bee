// Tells the linker which functions the loader provides; the standalone module imports them from env.
/* global mergeInto, LibraryManager */
mergeInto(LibraryManager.library, { plimsoll_stage: function () {} });
