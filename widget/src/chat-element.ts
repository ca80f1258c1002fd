// The heavy part, loaded when the chat is opened for the first time: it defines <deep-chat>.
import "deep-chat";
