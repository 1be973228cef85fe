//! The door: the host asks for room, writes a text there, and says what it is.

use std::cell::RefCell;

use super::Judge;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static JUDGE: RefCell<Option<Judge>> = const { RefCell::new(None) };
}

/// Makes room for so many bytes; where.
#[expect(unsafe_code, reason = "the host finds it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: u32) -> u32 {
    TEXT.with_borrow_mut(|text| {
        *text = vec![0; bytes as usize];
        text.as_ptr() as usize as u32
    })
}

/// The text there is a definition; 1 if it was one.
#[expect(unsafe_code, reason = "the host finds it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn define() -> u32 {
    let judge = TEXT.with_borrow(|text| std::str::from_utf8(text).ok().and_then(Judge::new));
    JUDGE.with_borrow_mut(|kept| *kept = judge);
    JUDGE.with_borrow(|kept| u32::from(kept.is_some()))
}

/// The text there is a day and, after a line end, answers; gives the bytes of what is said of them. It stands where they
/// stood: [`place`] says where.
#[expect(unsafe_code, reason = "the host finds it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn judge() -> u32 {
    let said = TEXT.with_borrow(|text| {
        let (today, answers) = std::str::from_utf8(text).ok()?.split_once('\n')?;
        JUDGE.with_borrow(|judge| Some(judge.as_ref()?.judge(answers, today)))
    });
    TEXT.with_borrow_mut(|text| {
        *text = said.unwrap_or_default().into_bytes();
        text.len() as u32
    })
}

/// Where the text is.
#[expect(unsafe_code, reason = "the host finds it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn place() -> u32 {
    TEXT.with_borrow(|text| text.as_ptr() as usize as u32)
}
